import { whole, type Part } from './part.ts'
import { fill } from './problem.ts'

/**
 * Numbers for people: what their templates mean. `{N…}` is the running number, padded to that width; the other parts are
 * the place's business day and, where each holder has its own row (a till), the code of the holder.
 */

/** What is numbered in one row. */
export interface Series {
  /** Its words are `numbers.of.<document>`. */
  readonly document: string
  /** The form that its numbers have until the company chooses another. */
  readonly template: string
  /** Each holder has a row of its own; the code of the holder keeps them apart. */
  readonly isCoded: boolean
}

const declared = whole<Series>()
/** `series('ledger.journal', 'JV-{YYYY}-{NNNNN}')` */
export function series(document: string, template: string, { isCoded = false }: { isCoded?: boolean } = {}): Series & Part {
  const made = { document, template, isCoded }
  return { ...made, ...declared.part(made) }
}
export const declaredSeries = declared.all

/** How much of a day ("2026-11-21") names the series: it starts again when the finest date part of its template does. */
export const resetOf = (template: string): 0 | 4 | 7 | 10 => {
  if (/\{Y+MMDD\}|\{DD\}/.test(template)) return 10
  if (/\{Y+MM\}|\{MM\}/.test(template)) return 7
  return template.includes('{Y') ? 4 : 0
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

/** Why a template would give two papers one number, or none; nothing when it is good. */
export function faultOf(
  { isCoded }: Pick<Series, 'isCoded'>,
  template: string,
): 'running' | 'unknown' | 'apart' | 'code' | 'date' | undefined {
  const parts = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!)
  const texts = template.replace(/\{[^{}]*\}/g, '')
  if (!/^[A-Za-z0-9 ./_#-]*$/.test(texts) || parts.some((part) => !/^(CODE|YYYY|MM|DD|YYMMDD|YYYYMMDD|YYYYMM|N+)$/.test(part)))
    return 'unknown'
  if (parts.filter((part) => /^N+$/.test(part)).length !== 1 || /\{N{11,}\}/.test(template)) return 'running'
  // 2026-1 and 11 must not read like 2026-11 and 1.
  if (/[}0-9]\{N/.test(template)) return 'apart'
  if (isCoded ? parts.filter((part) => part === 'CODE').length !== 1 : parts.includes('CODE')) return 'code'
  const has = (part: string) => parts.includes(part)
  if ((has('DD') && !has('MM')) || (has('MM') && !has('YYYY'))) return 'date'
  return undefined
}
