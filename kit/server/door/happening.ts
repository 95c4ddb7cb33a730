import { whole, type Part } from '../../part.ts'
import type { Tx } from './context.ts'

/** What befell a record: somebody made it, it took a step of its life, or somebody changed what stands on it. */
export interface Happening {
  readonly what: 'made' | 'stepped' | 'changed'
  readonly table: string
  readonly record: string
  /** The state that it stepped out of. */
  readonly from?: string
  /** What stands on it now, as far as whoever wrote it knows. */
  readonly values: Readonly<Record<string, unknown>>
}

const hearers = whole<(tx: Tx, happening: Happening) => Promise<void>>()
/** Hears of it in the same transaction; what stands above the door tells people so. */
export const whenHappened = (hear: (tx: Tx, happening: Happening) => Promise<void>): Part => hearers.part(hear)

export async function happened(tx: Tx, happening: Happening): Promise<void> {
  for (const hear of hearers.all()) await hear(tx, happening)
}
