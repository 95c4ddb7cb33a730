import { fill } from '../problem.ts'
import type { Tx } from './context.ts'

/** The forms that numbers have until the company chooses others. `{N…}` is the running number, padded to that width. */
export const numberTemplates = {
  sale: '{CODE}-{YYYYMMDD}-{NNNN}',
  shift: 'SH-{CODE}-{YYYYMMDD}-{NN}',
  receipt: 'GRN-{YYYY}-{NNNN}',
  adjustment: 'ADJ-{YYYYMM}-{NNNNNN}',
  count: 'CNT-{YYYYMM}-{NNNNNN}',
  transfer: 'TRF-{YYYYMM}-{NNNNNN}',
  journal: 'JV-{YYYY}-{NNNNN}',
  sku: 'PRD{NNNNNN}',
} as const
export type NumberedDocument = keyof typeof numberTemplates

const NEXT = `insert into series (document, place, period, last) values ($1, $2, $3, 1)
  on conflict (document, place, period) do update set last = series.last + 1
  returning last::int as last, (select template from number_template where document = $1) as template`

/**
 * The next number of a series, in the caller's transaction: without gaps, because a rolled-back sale gives its number back.
 * `holder` keeps series apart: a till has its own, so tills never queue behind one row. Dates are the place's business day.
 */
export async function nextNumber(
  tx: Pick<Tx, 'client' | 'now'>,
  document: NumberedDocument,
  holder: string | null,
  more: { day?: string; code?: string } = {},
): Promise<string> {
  const day = more.day ?? tx.now.toString().slice(0, 10)
  const period = periodOf(numberTemplates[document], day)
  const { rows } = await tx.client.query<{ last: number; template: string | null }>({
    name: 'series-next',
    text: NEXT,
    values: [document, holder, period],
  })
  const { last, template } = rows[0]!
  return writeNumber(template ?? numberTemplates[document], last, day, more.code ?? '')
}

/** A series starts again when the finest date part of its template does. */
export const periodOf = (template: string, day: string): string => {
  if (/\{Y+MMDD\}|\{DD\}/.test(template)) return day
  if (/\{Y+MM\}|\{MM\}/.test(template)) return day.slice(0, 7)
  return template.includes('{Y') ? day.slice(0, 4) : ''
}

export function writeNumber(template: string, last: number, day: string, code: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const parts = {
    CODE: code,
    YYYY: year,
    MM: month,
    DD: date,
    YYMMDD: year.slice(2) + month + date,
    YYYYMMDD: year + month + date,
    YYYYMM: year + month,
  }
  return fill(template, parts).replace(/\{(N+)\}/g, (_, digits: string) => String(last).padStart(digits.length, '0'))
}
