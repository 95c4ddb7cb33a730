import { sql } from 'kysely'
import { Readable } from 'node:stream'
import { reachOf } from '../access.ts'
import { approvalKind } from '../approval.ts'
import { maskRow, visibleFields, type Entity, type Field } from '../entity.ts'
import { decimalText, decimalsOf } from '../money.ts'
import { note } from './activity.ts'
import { secondPerson } from './approval.ts'
import { command } from './command.ts'
import type { Ctx, Reading } from './context.ts'
import { all, conditionsOf, selection, titlesOf, type ListInput } from './list.ts'
import { writeXlsx } from './table/workbook.ts'
import { writeCsv, type Column } from './table/write.ts'
import { z } from 'zod'
import { readSetting } from './setting.ts'

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
 * All rows that the filters leave, as a file, in batches by id: memory stays flat however long the list is.
 * References stand there as titles. What was exported, by whom and how many rows is put into the trail.
 */
export async function exportRows(
  reading: Reading,
  entity: Entity,
  input: ListInput & { format: 'csv' | 'xlsx' },
): Promise<Download> {
  const fields = visibleFields(entity, (permission) => reachOf(reading.actor, permission) !== undefined).filter(
    ([, field]) => field.kind !== 'json',
  )
  const { currency } = await readSetting(reading.db, 'company', z.object({ currency: z.string() }).default({ currency: 'KES' }))
  const { format, ...filters } = input
  const conditions = conditionsOf(reading, entity, { ...filters, cursor: undefined, sort: undefined } as ListInput)
  const columns = fields.map(([name, field]): Column => ({
    name,
    type: columnType(field),
    decimals: field.kind === 'money' ? decimalsOf(currency) : 6,
  }))
  const rows = counted(reading.ctx, entity.name, batches(reading, entity, fields, conditions, decimalsOf(currency)))
  const day = reading.now.toString().slice(0, 10)
  return exportTable(
    reading.ctx,
    {
      entity: entity.name,
      name: `${entity.name.replace('.', '-')}-${day}`,
      format,
      filters,
      columns,
      personal: fields.some(([, field]) => field.personal && reachOf(reading.actor, field.personal))
        ? (entity.can.export ?? entity.can.read)
        : null,
    },
    rows,
  )
}

export interface ExportedTable {
  /** What the trail calls it. */
  readonly entity: string
  /** Of the file, without its ending. */
  readonly name: string
  readonly format: 'csv' | 'xlsx'
  readonly filters: Readonly<Record<string, unknown>>
  readonly columns: readonly Column[]
  /** What it takes to export it, where it holds data about persons. */
  readonly personal?: string | null
}

/** Rows of any kind as a file, for reports that no entity declares; put into the trail like every export. */
export async function exportTable(
  ctx: Ctx,
  { entity, name, format, filters, columns, personal = null }: ExportedTable,
  rows: AsyncIterable<readonly string[]>,
): Promise<Download> {
  await trailExport(ctx, { entity, format, personal, filters: JSON.parse(JSON.stringify(filters)) as Record<string, unknown> })
  return format === 'csv'
    ? new Download(writeCsv(columns, rows), `${name}.csv`, 'text/csv; charset=utf-8')
    : new Download(
        writeXlsx(columns, rows),
        `${name}.xlsx`,
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      )
}

const columnType = (field: Field): Column['type'] => {
  if (field.kind === 'money') return 'money'
  if (['integer', 'quantity', 'rate'].includes(field.kind)) return 'number'
  return field.kind === 'day' || field.kind === 'instant' ? 'date' : 'text'
}

async function* batches(
  reading: Reading,
  entity: Entity,
  fields: readonly [string, Field][],
  conditions: ReturnType<typeof conditionsOf>,
  decimals: number,
) {
  let after: string | undefined
  for (;;) {
    const where = after ? [...conditions, sql`t.id > ${after}::uuid`] : conditions
    const { rows } = await sql<
      Record<string, unknown>
    >`select ${selection(entity, fields)}, t.id as "batchId" from ${sql.table(entity.table)} t
      where ${all(where)} order by t.id limit ${BATCH}`.execute(reading.db)
    const titles = await titlesOf(reading.db, fields, rows)
    for (const row of rows) {
      const seen = maskRow(entity, row, (permission) => reachOf(reading.actor, permission) !== undefined)
      yield fields.map(([name, field]) => cellOf(seen[name], field, titles, decimals))
    }
    if (rows.length < BATCH) return
    after = String(rows.at(-1)?.['batchId'])
  }
}

function cellOf(value: unknown, field: Field, titles: Record<string, string>, decimals: number): string {
  if (value === null || value === undefined) return ''
  if (field.kind === 'money') return decimalText(value as bigint, decimals, decimals)
  if (field.kind === 'quantity') return decimalText(value as bigint, 6)
  if (field.kind === 'rate') return decimalText(value as bigint, 4)
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
    if (personal) await secondPerson(tx, personalExport(personal), { facts: { entity, ...filters } })
    return {}
  },
})
