/** A line as it is typed: an amount stands on one side, in minor units as text. */
export interface DraftLine {
  readonly key: string
  readonly id: string
  readonly account: string | null
  readonly debit: string | null
  readonly credit: string | null
  readonly memo: string | null
  /** With whom, on accounts that are kept by person: store credit, what customers owe. */
  readonly party: string | null
}

export const isBlank = (line: DraftLine): boolean => !line.account && !line.debit && !line.credit && !line.memo?.trim()

/** Is it a whole number of minor units above zero? What somebody typed wrong stays in the line as it is. */
const isAmount = (text: string | null): text is string => text !== null && /^\d{1,15}$/.test(text) && BigInt(text) > 0n
const valueOf = (text: string | null): bigint => (isAmount(text) ? BigInt(text) : 0n)

export const totalsOf = (lines: readonly DraftLine[]) => {
  const debit = lines.reduce((total, line) => total + valueOf(line.debit), 0n)
  const credit = lines.reduce((total, line) => total + valueOf(line.credit), 0n)
  return { debit, credit, difference: debit - credit }
}

/** What is still wrong with a line that has something in it. */
export function flawOf(line: DraftLine): 'account' | 'amount' | null {
  if (isBlank(line)) return null
  if (!line.account) return 'account'
  return isAmount(line.debit) !== isAmount(line.credit) ? null : 'amount'
}

export type Missing = 'memo' | 'lines' | 'account' | 'amount' | 'balance'

/** What is still missing before it can be posted; null when nothing is. */
export function missingOf(memo: string, lines: readonly DraftLine[]): Missing | null {
  const typed = lines.filter((line) => !isBlank(line))
  const flaw = typed.map(flawOf).find((one) => one !== null)
  if (memo.trim() === '') return 'memo'
  if (flaw) return flaw
  if (typed.length < 2) return 'lines'
  return totalsOf(typed).difference === 0n ? null : 'balance'
}
