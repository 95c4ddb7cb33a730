import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { reachOf } from '../../access.ts'
import { maskRow, visibleFields, type Entity, type Field } from '../../entity.ts'
import { whole, type Part } from '../../part.ts'
import { formatDay, formatMoney, formatQuantity, formatRate, type Translate } from '../../words.ts'
import { CommonProblem } from '../../problem.ts'
import type { Reading } from '../door/context.ts'
import { all } from '../door/scope.ts'
import { owned } from '../list/custom.ts'
import { Download, listPrinter, readersOf, textFor, trailExport, type Readers } from '../list/export.ts'
import { conditionsOf, orderOf, selection, titlesOf, type ListInput } from '../list/list.ts'
import { sumsOf } from '../list/sums.ts'
import { paperPdf, type Letterhead } from './paper.ts'

/** What is longer is read on a screen, or taken as a file. */
const MOST_ROWS = 1000
const MOST_COLUMNS = 9

/** What stands above a list that somebody prints, and the currency of its amounts. */
export interface ListHead {
  readonly letterhead: Letterhead
  readonly currency: string
}
const heads = whole<(reading: Reading, locale: string) => Promise<ListHead>>()
/** Who keeps the company's letterhead says what a printed list begins with. */
export const listHeadFrom = (read: (reading: Reading, locale: string) => Promise<ListHead>): Part => heads.part(read)

/** A list as it is seen: its filters, its order, these columns, and what they add up to, on A4. */
export const printsLists = listPrinter(async (reading, declared, { columns: wanted, ...input }) => {
  const entity = await owned(reading.db, declared)
  const [head] = heads.all()
  const readers = await readersOf(reading, { for: 'people' })
  if (!head || !readers) throw CommonProblem.notFound()
  const holds = (permission: string) => reachOf(reading.actor, permission) !== undefined
  const visible = new Map(visibleFields(entity, holds))
  const names = (wanted.length > 0 ? wanted : entity.list).filter((name) => visible.has(name)).slice(0, MOST_COLUMNS)
  if (names.length === 0) throw CommonProblem.badRequest()
  const fields = names.map((name): [string, Field] => [name, visible.get(name)!])
  const [{ letterhead, currency }, { rows }, { sums }] = await Promise.all([
    head(reading, readers.t.locale),
    sql<Record<string, unknown>>`select t.id, ${selection(entity, fields, reading)} from ${sql.table(entity.table)} t
      where ${all(conditionsOf(reading, entity, input as ListInput))} order by ${orderOf(reading, entity, input as ListInput)} limit ${MOST_ROWS + 1}`.execute(
      reading.db,
    ),
    sumsOf(reading, entity, input),
  ])
  const isMore = rows.length > MOST_ROWS
  const shown = rows.slice(0, MOST_ROWS)
  const titles = await titlesOf(reading.db, fields, shown, readers.t, reading.actor)
  const told = { entity, readers, currency, titles }
  const personal = fields.some(([, field]) => field.personal && holds(field.personal))
  await trailExport(reading.ctx, {
    entity: entity.name,
    format: 'pdf',
    personal: personal ? (entity.can.export ?? entity.can.read) : null,
    filters: JSON.parse(JSON.stringify(input)) as Record<string, unknown>,
  })
  const { t } = readers
  const paper = {
    ...letterhead,
    title: t.of('entities', entity.name),
    number: formatDay(readers.moment(reading.now).slice(0, 10), { locale: t.locale, digits: 'latn' }),
    facts: [],
    columns: fields.map(([name, field]) => ({
      title: field.label ?? t.of('field', `${entity.name}.${name}`),
      end: FIGURES.has(field.kind),
    })),
    rows: [
      ...shown.map((row) => {
        const seen = maskRow(entity, row, holds)
        return fields.map(([name, field]) => said(told, name, field, seen[name]))
      }),
      ...(names.some((name) => name in sums)
        ? [
            fields.map(([name, field], at) =>
              name in sums ? said(told, name, field, sums[name]) : at === 0 ? t('list.sum') : '',
            ),
          ]
        : []),
    ],
    sums: [],
    note: isMore ? t('print.firstRows', { n: MOST_ROWS }) : null,
  }
  const pdf = await paperPdf(paper, 'sheets')
  return new Download(Readable.from([pdf]), `${entity.name.replace('.', '-')}.pdf`, 'application/pdf', { inline: true })
})

const FIGURES: ReadonlySet<string> = new Set(['money', 'quantity', 'integer', 'rate'])

interface Telling {
  readonly entity: Entity
  readonly readers: Readers
  readonly currency: string
  readonly titles: Record<string, string>
}

/** A value as it stands on paper: figures as people read them, all else as in a file for people. */
function said({ entity, readers, currency, titles }: Telling, name: string, field: Field, value: unknown): string {
  const { locale } = readers.t as Translate
  if (value === null || value === undefined) return ''
  if (field.kind === 'money') return formatMoney(String(value), currency, locale, 'latn', { plain: true })
  if (field.kind === 'quantity') return formatQuantity(String(value), locale, 'latn')
  if (field.kind === 'rate') return formatRate(value as bigint, locale, 'latn')
  if (field.kind === 'day') return formatDay(String(value), { locale, digits: 'latn' })
  return textFor(readers, entity, name, field, value, titles, 0)
}
