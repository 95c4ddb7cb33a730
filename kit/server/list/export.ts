import { sql } from 'kysely'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { reachOf } from '../../access.ts'
import { approvalKind } from '../../approval.ts'
import { declaredEntities, maskRow, visibleFields, type Entity, type Field } from '../../entity.ts'
import { decimalText, decimalsOf } from '../../money.ts'
import { note } from '../door/activity.ts'
import { secondPerson } from '../door/approval.ts'
import { command } from '../door/command.ts'
import type { Ctx, Reading } from '../door/context.ts'
import { owned } from './custom.ts'
import { conditionsOf, selection, titlesOf, type ListInput } from './list.ts'
import { all } from '../door/scope.ts'
import { writeXlsx } from '../table/workbook.ts'
import { writeCsv, type Column } from '../table/write.ts'
import { z } from 'zod'
import { direction, type Translate } from '../../words.ts'
import { readSetting } from '../door/setting.ts'
import { shownName, wordsFor } from '../host/words.ts'
import { whole, type Part } from '../../part.ts'

/** A stream of bytes as the answer of a query; the HTTP layer sends it as a file. */
export class Download {
  readonly stream: Readable
  readonly name: string
  readonly type: string
  /** Shown by the browser rather than saved. */
  readonly inline: boolean
  /** What lies at this address never changes, so the person's own browser may keep it. */
  readonly kept: boolean
  constructor(stream: Readable, name: string, type: string, { inline = false, kept = false } = {}) {
    this.stream = stream
    this.name = name
    this.type = type
    this.inline = inline
    this.kept = kept
  }
}

// What is made of one batch holds the loop for that long, so it is short.
const BATCH = 500

/**
 * Whom a file is for. People read headings and states in their language, names in place of ids, and the time of their company;
 * machines get the names of fields as they are declared, and UTC.
 */
export const exportInput = z.object({
  format: z.enum(['csv', 'xlsx']).default('csv'),
  for: z.enum(['people', 'machines']).default('machines'),
})
export type ExportInput = z.output<typeof exportInput>

/** A list may be printed too, with the columns that its reader sees. */
export const listExportInput = exportInput.extend({
  format: z.enum(['csv', 'xlsx', 'pdf']).default('csv'),
  columns: z
    .string()
    .max(1000)
    .optional()
    .transform((names) => names?.split(',').filter(Boolean) ?? []),
})

type Printer = (reading: Reading, entity: Entity, input: ListInput & { readonly columns: readonly string[] }) => Promise<Download>
const printers = whole<Printer>()
/** Who can print a list: the room of papers stands above this one. */
export const listPrinter = (print: Printer): Part => printers.part(print)

/** Words, clock and money of whom a file is written for. */
export interface Readers {
  readonly t: Translate
  /** A moment as a cell has it. */
  moment(at: unknown): string
  readonly decimals: number
}

/** @returns nothing where the file is for machines */
export async function readersOf(reading: Reading, { for: whom }: Pick<ExportInput, 'for'>): Promise<Readers | undefined> {
  if (whom === 'machines') return undefined
  const { currency, timeZone, locale } = await readSetting(
    reading.db,
    'company',
    z.object({ currency: z.string(), timeZone: z.string(), locale: z.string() }),
  )
  return {
    t: wordsFor(reading.actor.id ? reading.actor.locale : locale),
    moment: (at) =>
      Temporal.Instant.from(String(at))
        .toZonedDateTimeISO(timeZone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' })
        .replace('T', ' '),
    decimals: decimalsOf(currency),
  }
}

/** A column of a hand-written file: for people it is called what its field is called. */
export const columnFor = (readers: Readers | undefined, column: Column): Column =>
  readers
    ? { ...column, name: readers.t.of('field', column.name) }
    : { ...column, type: column.type === 'moment' ? 'date' : column.type }

/** What people want to see beside the fields of an entity: how a sale was paid, what a product costs. */
interface More {
  /** Told after the fields; a name is the heading, as it stands there. */
  columns(reading: Reading, readers: Readers): Promise<readonly Column[]>
  /** The same for machines, by names as fields have them; nothing is told them without. */
  readonly forMachines?: readonly Column[]
  /** By id, for some records: a line for each row that the record becomes, one at least. */
  rows(
    reading: Reading,
    ids: readonly string[],
    columns: readonly Column[],
  ): Promise<ReadonlyMap<string, readonly (readonly string[])[]>>
}
/** A text of which the program writes some itself, as pages tell it: in the words of whoever reads. */
interface Told {
  readonly of: string
  readonly field: string
  readonly tell: (t: Translate, row: Readonly<Record<string, unknown>>) => string | null
}
const told = whole<Told>()
export const exportTold = (entity: Pick<Entity, 'name'>, field: string, tell: Told['tell']): Part =>
  told.part({ of: entity.name, field, tell })

const beside = whole<{ readonly of: string; readonly more: More }>()
export const exportBeside = (entity: Pick<Entity, 'name'>, more: More): Part => beside.part({ of: entity.name, more })

/**
 * All rows that the filters leave, as a file, in batches by id: memory stays flat however long the list is.
 * References stand there as titles. What was exported, by whom and how many rows is put into the trail.
 */
export async function exportRows(
  reading: Reading,
  declared: Entity,
  input: ListInput & z.output<typeof listExportInput>,
): Promise<Download> {
  const entity = await owned(reading.db, declared)
  const { format, for: whom, columns: wanted, ...filters } = input
  if (format === 'pdf') return printers.all()[0]!(reading, entity, { ...filters, columns: wanted } as never)
  const readers = await readersOf(reading, input)
  const fields = visibleFields(entity, (permission) => reachOf(reading.actor, permission) !== undefined).filter(
    ([, field]) => field.kind !== 'json' && !(readers && isForMachines(field)),
  )
  const { currency } = await readSetting(reading.db, 'company', z.object({ currency: z.string() }))
  const decimals = decimalsOf(currency)
  const conditions = conditionsOf(reading, entity, { ...filters, cursor: undefined, sort: undefined } as ListInput)
  const more = beside.all().find(({ of }) => of === entity.name)?.more
  const extra = (readers ? await more?.columns(reading, readers) : more?.forMachines) ?? []
  const columns = fields.map(([name, field]) => {
    const column = { name, type: columnType(field), decimals: field.kind === 'money' ? decimals : 6 }
    return readers && field.label
      ? { ...column, name: field.label }
      : columnFor(readers, { ...column, name: readers ? `${entity.name}.${name}` : name })
  })
  const cell = (name: string, field: Field, value: unknown, titles: Record<string, string>) =>
    readers ? textFor(readers, entity, name, field, value, titles, decimals) : cellOf(value, field, titles, decimals)
  const rows = counted(
    reading.ctx,
    entity.name,
    batches(
      reading,
      entity,
      fields,
      conditions,
      cell,
      readers?.t,
      more && extra.length > 0 ? (ids) => more.rows(reading, ids, extra) : undefined,
    ),
  )
  const day = reading.now.toString().slice(0, 10)
  return exportTable(
    reading.ctx,
    {
      entity: entity.name,
      name: `${readers ? fileName(readers.t.of('entities', entity.name)) : entity.name.replace('.', '-')}-${day}`,
      format,
      filters: { ...filters, ...(readers && { for: whom }) },
      columns: [...columns, ...extra],
      readers,
      personal: fields.some(([, field]) => field.personal && reachOf(reading.actor, field.personal))
        ? (entity.can.export ?? entity.can.read)
        : null,
    },
    rows,
  )
}

/** What says nothing to people: ids, names that only the program uses, and references to what has no title. */
const isForMachines = (field: Field): boolean =>
  field.kind === 'id' || field.isForProgram === true || (field.kind === 'ref' && !(field.to && declaredEntities.has(field.to)))

const fileName = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')

export interface ExportedTable {
  /** What the trail calls it. */
  readonly entity: string
  /** Of the file, without its ending. */
  readonly name: string
  readonly format: 'csv' | 'xlsx'
  readonly filters: Readonly<Record<string, unknown>>
  readonly columns: readonly Column[]
  /** Who reads it; nothing where machines do. */
  readonly readers: Readers | undefined
  /** What it takes to export it, where it holds data about persons. */
  readonly personal?: string | null
}

/** Rows of any kind as a file, for reports that no entity declares; put into the trail like every export. */
export async function exportTable(
  ctx: Ctx,
  { entity, name, format, filters, columns, readers, personal = null }: ExportedTable,
  rows: AsyncIterable<readonly string[]>,
): Promise<Download> {
  await trailExport(ctx, { entity, format, personal, filters: JSON.parse(JSON.stringify(filters)) as Record<string, unknown> })
  if (format === 'csv') return new Download(writeCsv(columns, rows), `${name}.csv`, 'text/csv; charset=utf-8')
  const isRtl = readers !== undefined && direction(readers.t.locale) === 'rtl'
  const book = writeXlsx(columns, rows, { title: name, isRtl })
  return new Download(book, `${name}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
}

const columnType = (field: Field): Column['type'] => {
  if (field.kind === 'money') return 'money'
  if (['integer', 'quantity', 'rate'].includes(field.kind)) return 'number'
  if (field.kind === 'instant') return 'moment'
  return field.kind === 'day' ? 'date' : 'text'
}

async function* batches(
  reading: Reading,
  entity: Entity,
  fields: readonly [string, Field][],
  conditions: ReturnType<typeof conditionsOf>,
  cell: (name: string, field: Field, value: unknown, titles: Record<string, string>) => string,
  t: Translate | undefined,
  more: ((ids: readonly string[]) => ReturnType<More['rows']>) | undefined,
) {
  const spoken = new Map(told.all().flatMap((one) => (one.of === entity.name ? [[one.field, one.tell] as const] : [])))
  let after: string | undefined
  for (;;) {
    const where = after ? [...conditions, sql`t.id > ${after}::uuid`] : conditions
    const { rows } = await sql<
      Record<string, unknown>
    >`select ${selection(entity, fields, reading)}, t.id as "batchId" from ${sql.table(entity.table)} t
      where ${all(where)} order by t.id limit ${BATCH}`.execute(reading.db)
    // A list that nothing is left of is a file with its heading.
    if (rows.length === 0) return
    const titles = await titlesOf(reading.db, fields, rows, t, reading.actor)
    const beside = await more?.(rows.map((row) => String(row['batchId'])))
    for (const [index, row] of rows.entries()) {
      // Who reads as fast as this writes would otherwise leave nobody else a turn.
      if (index % 50 === 0) await setImmediate()
      const seen = maskRow(entity, row, (permission) => reachOf(reading.actor, permission) !== undefined)
      const cells = fields.map(([name, field]) => {
        const own = t && seen[name] !== null ? spoken.get(name) : undefined
        return own ? (own(t!, seen) ?? '') : cell(name, field, seen[name], titles)
      })
      for (const own of beside?.get(String(row['batchId'])) ?? [[]]) yield [...cells, ...own]
    }
    if (rows.length < BATCH) return
    after = String(rows.at(-1)?.['batchId'])
  }
}

/** A value as a cell of a file for people has it. */
export function textFor(
  { t, moment }: Readers,
  entity: Entity,
  name: string,
  field: Field,
  value: unknown,
  titles: Record<string, string>,
  decimals: number,
): string {
  if (value === null || value === undefined) return ''
  if (field.kind === 'instant') return moment(value)
  if (field.kind === 'flag') return t(value ? 'common.yes' : 'common.no')
  const choice = (one: string) =>
    field.shows === 'entity' ? t.of('entity', one) : t.of('state', `${entity.name}.${name}.${one}`)
  if (field.label && field.values) return String(value)
  if (field.values) return Array.isArray(value) ? value.map(String).map(choice).join(', ') : choice(String(value))
  if (field.kind === 'texts' && Array.isArray(value) && field.values) return value.map(String).map(choice).join(', ')
  const text = cellOf(value, field, titles, decimals)
  return entity.seeded && name === entity.title ? shownName(t, entity.seeded, text) : text
}

/** Less than one percent has its sign, or it could be the share that a spreadsheet keeps. */
const rateText = (rate: bigint): string => `${decimalText(rate, 4)}${rate > -10_000n && rate < 10_000n && rate !== 0n ? '%' : ''}`

function cellOf(value: unknown, field: Field, titles: Record<string, string>, decimals: number): string {
  if (value === null || value === undefined) return ''
  if (field.kind === 'money') return decimalText(value as bigint, decimals, decimals)
  if (field.kind === 'quantity') return decimalText(value as bigint, 6)
  if (field.kind === 'rate') return rateText(value as bigint)
  if (field.kind === 'ref') return titles[String(value)] ?? String(value)
  if (Array.isArray(value)) return value.join(', ')
  return String(value)
}

/** How many rows it was, once the last has been written: the trail knows of the export before the first. */
async function* counted<Row>(ctx: Ctx, entity: string, rows: AsyncIterable<Row>): AsyncIterable<Row> {
  let count = 0
  try {
    for await (const row of rows) {
      count += 1
      yield row
    }
  } finally {
    note(ctx, 'kit.exported', { facts: { what: entity, count } })
  }
}

/** Lists of persons leave the house with two who know of it, where the company asks for that. */
const personalExport = (permission: string) => ({ ...personalExportKind, permission })
const personalExportKind = approvalKind('kit.personalExport', { permission: 'signedIn', when: 'whenOn' })

/** Puts into the trail that rows left as a file: exports are reads, but the trail has to know of them. */
export const trailExport = command({
  name: 'kit.export',
  internal: true,
  can: 'public',
  input: z.object({
    entity: z.string(),
    format: z.string(),
    /** What it takes to export it, where it holds data about persons. */
    personal: z.string().nullable(),
    filters: z.record(z.string(), z.unknown()),
  }),
  async run(tx, { entity, filters, personal }) {
    // What pages a list is read in says nothing to whoever has to agree.
    const { limit: _, cursor: __, sort: ___, archived, ...asked } = filters
    const facts = { entity, ...asked, ...(archived !== 'without' && { archived }) }
    if (personal) await secondPerson(tx, personalExport(personal), { facts })
    return {}
  },
})
