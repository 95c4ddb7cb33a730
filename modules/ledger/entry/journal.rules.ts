/** A line as it is typed: an amount stands on one side, in minor units as text. */
export interface DraftLine {
  readonly key: string
  readonly account: string | null
  readonly debit: string | null
  readonly credit: string | null
  readonly memo: string
}

export const isBlank = (line: DraftLine): boolean => !line.account && !line.debit && !line.credit && line.memo.trim() === ''

/** Is it a whole number of minor units above zero? What somebody typed wrong stays in the line as it is. */
const isAmount = (text: string | null): text is string => text !== null && /^\d{1,15}$/.test(text) && BigInt(text) > 0n
const valueOf = (text: string | null): bigint => (isAmount(text) ? BigInt(text) : 0n)

/** Debit above zero, credit below. */
export const amountOf = (line: DraftLine): bigint => valueOf(line.debit) - valueOf(line.credit)
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

/** May it be posted: it balances, at least two lines, and nothing half-typed. */
export const isReady = (lines: readonly DraftLine[]): boolean =>
  lines.filter((line) => !isBlank(line)).length >= 2 &&
  lines.every((line) => flawOf(line) === null) &&
  totalsOf(lines).difference === 0n
