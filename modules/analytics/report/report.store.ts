import { EVERYWHERE, intersect, reachOf, reaches, type Actor, type Reach } from '#kit/access.ts'
import { ref } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { titlesOf } from '#kit/server/list/list.ts'
import { shownName } from '#kit/server/host/words.ts'
import { formatRate, type Translate } from '#kit/words.ts'
import { taxNamesOf } from '#modules/catalog/index.ts'
import { groups, reportOf, ReportProblem, YEARS, type Column, type Comparison, type ReportName } from './report.ts'
import {
  besides,
  spanBefore,
  sumsOf,
  workOut,
  yearsLater,
  daysIn,
  type Figures,
  type Found,
  type ReportRow,
  type Span,
} from './report.rules.ts'
import { booksReaders, RESULT } from './books.store.ts'
import { salesReaders, type Reader } from './sales.store.ts'

const readers: Readonly<Record<ReportName, Reader>> = { ...salesReaders, ...booksReaders }

export interface AskedReport extends Span {
  readonly name: ReportName
  readonly place?: string | undefined
  readonly compare: Comparison
}

export interface WrittenReport {
  /** Those that whoever asks may see. */
  readonly columns: readonly Column[]
  readonly rows: readonly ReportRow[]
  readonly sums: Figures
  /** Without a sum where its rows have none. */
  readonly before: (Span & { readonly sum: bigint | null }) | null
}

/**
 * A report over the places that whoever asks may see of what it is made of; `use` says whether it is looked at or carried away.
 * @throws `analytics.report.badSpan`, `kit.forbidden` or `kit.notFound` where no place is left
 */
export async function writeReport(
  reading: Reading,
  { name, from, to, place, compare }: AskedReport,
  t: Translate,
  use: 'read' | 'export',
): Promise<WrittenReport> {
  if (from > to || to >= yearsLater(from, YEARS)) throw ReportProblem.badSpan({ years: YEARS })
  const report = reportOf(name)
  const places = placesOf(reading, groups[report.group], place, use)
  const before = spanBefore({ from, to }, compare)
  const ahead = compare === 'yearBefore' ? '1 year' : `${daysIn({ from, to })} days`
  const [now, then] = await Promise.all([
    readers[name](reading.db, { from, to, places, ahead: '0 days' }),
    before && readers[name](reading.db, { ...before, places, ahead }),
  ])
  const columns = report.columns.filter((one) => !one.seenBy || seesAll(reading, one.seenBy, places))
  const facts = { ...report, columns }
  return {
    columns,
    rows: await named(reading, facts.by, besides(facts, now, then), t),
    sums: workOut(columns, sumsOf(columns, now)),
    before: before && { ...before, sum: sumsOf(columns, then!)[report.main] ?? null },
  }
}

/** May somebody carry this report away, of one place or of all that they see? */
export function mayCarry(actor: Actor, name: ReportName, place: string | undefined): boolean {
  const needs = groups[reportOf(name).group]
  const rights = ['analytics.report.read', ...needs.read, needs.export].map((right) => reachOf(actor, right))
  if (rights.some((reach) => reach === undefined)) return false
  const both = rights.reduce<Reach>((all, own) => intersect(all, own!), EVERYWHERE)
  return place ? reaches(both, place) : both.all || both.places.length > 0
}

function placesOf(
  { actor, reach }: Reading,
  needs: { readonly read: readonly string[]; readonly export: string },
  place: string | undefined,
  use: 'read' | 'export',
): readonly string[] | null {
  const rights = use === 'export' ? [...needs.read, needs.export] : needs.read
  const both = rights.reduce<Reach>((all, right) => {
    const own = reachOf(actor, right)
    if (!own) throw CommonProblem.forbidden()
    return intersect(all, own)
  }, reach)
  if (place && !reaches(both, place)) throw CommonProblem.notFound()
  if (!both.all && both.places.length === 0) throw CommonProblem.forbidden()
  return place ? [place] : both.all ? null : both.places
}

/** A sum tells of all that is in it, so a column is seen by who may see it everywhere where the report reaches. */
function seesAll({ actor }: Reading, right: string, places: readonly string[] | null): boolean {
  const own = reachOf(actor, right)
  return own !== undefined && (own.all || (places !== null && places.every((place) => reaches(own, place))))
}

async function named(
  { db }: Reading,
  by: ReturnType<typeof reportOf>['by'],
  rows: readonly ReportRow[],
  t: Translate,
): Promise<ReportRow[]> {
  const call = async (): Promise<(row: Found) => string> => {
    if (by === 'method') return (row) => shownName(t, 'method', row.name)
    if (by === 'account')
      return ({ key, code, name }) => (key === RESULT ? t('report.result') : `${code} ${shownName(t, 'account', name)}`)
    if (by === 'tax') {
      const names = await taxNamesOf(db)
      return ({ key }) => {
        const [code = '', rate = '0'] = key.split(' ')
        const name = names.get(code)
        return `${formatRate(rate, t.locale)} ${name === undefined ? t('report.noTax') : shownName(t, 'tax', name)}`
      }
    }
    if (by !== 'category') return (row) => row.name
    const ids = rows.filter(({ key }) => key !== '').map(({ key }) => ({ category: key }))
    const titles = await titlesOf(db, [['category', ref('catalog_category')]], ids, t)
    return ({ key }) => (key === '' ? t('report.noCategory') : (titles[key] ?? ''))
  }
  const nameOf = await call()
  return rows.map((row) => ({ ...row, name: nameOf(row) }))
}
