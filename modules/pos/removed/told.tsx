import { newId } from '#kit/id.ts'
import { request } from '#kit/web/base/request.ts'
import { MOST_REMOVALS } from './removed.ts'
import { emptied, takenOut, type BasketLine } from './removed.rules.ts'

interface Basket {
  readonly id: string
  readonly lines: readonly BasketLine[]
}
/** Whose it is stays on the device: what one person took out is not told in the name of the next. */
interface Kept {
  readonly id: string
  readonly by: string
}

const slot = (till: string) => `duka.removals.${till}`
const kept = (till: string): Kept[] => {
  try {
    const rows = JSON.parse(localStorage.getItem(slot(till)) ?? '[]') as Kept[]
    return Array.isArray(rows) ? rows : []
  } catch {
    return []
  }
}
const keep = (till: string, rows: readonly Kept[]) => localStorage.setItem(slot(till), JSON.stringify(rows))

/** Keeps on the device what a basket has less of; it is sent when there is time. */
export function noteTakenOut(till: string, by: string, before: Basket, after: Basket): void {
  const rows = takenOut(before.lines, after.lines)
  if (rows.length > 0) add(till, by, before.id, 'removed', rows)
}

export function noteCleared(till: string, by: string, { id, lines }: Basket): void {
  if (lines.length > 0) add(till, by, id, 'cleared', [emptied(lines)])
  void tell(till, by)
}

function add(till: string, by: string, basket: string, kind: 'removed' | 'cleared', rows: readonly object[]): void {
  const at = new Date().toISOString()
  keep(till, [...kept(till), ...rows.map((row) => ({ ...row, id: newId(), kind, basket, at, by }))])
}

/** Sends what is kept, quietly: what does not arrive stays for the next time, and nobody who sells waits for it. */
export async function tell(till: string, by: string): Promise<void> {
  const mine = kept(till)
    .filter((one) => one.by === by)
    .slice(0, MOST_REMOVALS)
  if (mine.length === 0) return
  try {
    await request('POST', '/pos/removals', { till, removals: mine.map(({ by: _, ...one }) => one) })
    const sent = new Set(mine.map((one) => one.id))
    keep(
      till,
      kept(till).filter((one) => !sent.has(one.id)),
    )
  } catch {
    // It stays.
  }
}
