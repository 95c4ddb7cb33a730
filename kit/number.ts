import { fill } from './problem.ts'

/**
 * Numbers for people: what their templates mean. `{N…}` is the running number, padded to that width; the other parts are
 * the place's business day and, for tills, the till's code.
 */

/** The forms that numbers have until the company chooses others. */
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
export const numberedDocuments = Object.keys(numberTemplates) as NumberedDocument[]

/** Series that belong to a till, whose code keeps them apart. */
const OF_TILLS: readonly NumberedDocument[] = ['sale', 'shift']

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
  document: NumberedDocument,
  template: string,
): 'running' | 'unknown' | 'apart' | 'code' | 'date' | undefined {
  const parts = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!)
  const texts = template.replace(/\{[^{}]*\}/g, '')
  if (!/^[A-Za-z0-9 ./_#-]*$/.test(texts) || parts.some((part) => !/^(CODE|YYYY|MM|DD|YYMMDD|YYYYMMDD|YYYYMM|N+)$/.test(part)))
    return 'unknown'
  if (parts.filter((part) => /^N+$/.test(part)).length !== 1 || /\{N{11,}\}/.test(template)) return 'running'
  // 2026-1 and 11 must not read like 2026-11 and 1.
  if (/[}0-9]\{N/.test(template)) return 'apart'
  if (OF_TILLS.includes(document) ? parts.filter((part) => part === 'CODE').length !== 1 : parts.includes('CODE')) return 'code'
  const has = (part: string) => parts.includes(part)
  if ((has('DD') && !has('MM')) || (has('MM') && !has('YYYY'))) return 'date'
  return undefined
}
