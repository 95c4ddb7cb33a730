import { declaredSeries, resetOf, writeNumber, type Series } from '../../number.ts'
import type { Tx } from './context.ts'
import type { Db } from '../data/db.ts'
import type { Read } from '../data/read.ts'

// The period is the part of the day that the template in force starts again with, chosen in the same statement.
const NEXT = `insert into series (document, place, period, last)
  values ($1, $2, left($3::text, coalesce((select reset from number_template where document = $1), $4::int)), 1)
  on conflict (document, place, period) do update set last = series.last + 1
  returning last::int as last, (select template from number_template where document = $1) as template`

/**
 * The next number of a series, in the caller's transaction: without gaps, because a rolled-back sale gives its number back.
 * `holder` keeps series apart: a till has its own, so tills never queue behind one row. Dates are the place's business day.
 */
export async function nextNumber(
  tx: Pick<Tx, 'client' | 'now'>,
  { document, template: initial }: Series,
  holder: string | null,
  more: { day?: string; code?: string } = {},
): Promise<string> {
  const day = more.day ?? tx.now.toString().slice(0, 10)
  const { rows } = await tx.client.query<{ last: number; template: string | null }>({
    name: 'series-next',
    text: NEXT,
    values: [document, holder, day, resetOf(initial)],
  })
  const { last, template } = rows[0]!
  return writeNumber(template ?? initial, last, day, more.code ?? '')
}

/**
 * The next number as a part of what is read together. Holder and day are SQL expressions over the other parts; where `from`
 * has no row, no number is drawn.
 */
export const numberRead = (
  { document, template: initial }: Series,
  { from, holder, day }: { from: string; holder: string; day: string },
): Read<{ last: number; template: string | null }> => ({
  name: `number_of_${document}`,
  before: `drawn as (insert into series (document, place, period, last)
    select $1, ${holder}, left(${day}::text, coalesce((select reset from number_template where document = $1), $2::int)), 1 from ${from}
    on conflict (document, place, period) do update set last = series.last + 1 returning last)`,
  text: `select last, (select template from number_template where document = $1) as template from drawn`,
  values: [document, resetOf(initial)],
})

/** What `numberRead` has drawn, as people read it. */
export const numberOf = (
  { template: initial }: Series,
  { last, template }: { last: number; template: string | null },
  day: string,
  code = '',
): string => writeNumber(template ?? initial, last, day, code)

/** All series with the template in force and the one that they began with. */
export async function readSeries(db: Db): Promise<(Series & { readonly initial: string })[]> {
  const rows = await db.selectFrom('numberTemplate').select(['document', 'template']).execute()
  const chosen = new Map(rows.map((row) => [row.document, row.template]))
  return declaredSeries().map((one) => ({ ...one, template: chosen.get(one.document) ?? one.template, initial: one.template }))
}

/** Sets a template that was judged before; numbers given already stay as they are. */
export async function writeTemplate(tx: Tx, { document }: Series, template: string): Promise<void> {
  const values = { template, reset: resetOf(template) }
  await tx.db
    .insertInto('numberTemplate')
    .values({ document, ...values })
    .onConflict((conflict) => conflict.column('document').doUpdateSet(values))
    .execute()
}
