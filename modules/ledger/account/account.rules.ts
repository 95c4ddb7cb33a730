import type { accountKinds } from './account.ts'

export type AccountKind = (typeof accountKinds)[number]

/** What we owe, what we own net, and what we earn stand on the credit side; their balance is shown above zero there. */
const onCreditSide: Readonly<Record<AccountKind, boolean>> = {
  asset: false,
  liability: true,
  equity: true,
  income: true,
  expense: false,
}

/** A balance as people read it: above zero when it stands on the side where such an account usually does. */
export const readBalance = (kind: string, balance: bigint): bigint => (onCreditSide[kind as AccountKind] ? -balance : balance)

/** Each line with the balance after it, debit above zero. */
export function runningBalance<Line extends { readonly amount: string | bigint }>(
  opening: bigint,
  lines: readonly Line[],
): { line: Line; balance: bigint }[] {
  const found: { line: Line; balance: bigint }[] = []
  for (const line of lines) found.push({ line, balance: (found.at(-1)?.balance ?? opening) + BigInt(line.amount) })
  return found
}

/** Accounts of these parts are kept by person. */
export const isByParty = (part: string | null | undefined): boolean =>
  part === 'receivable' || part === 'storeCredit' || part === 'payable'
