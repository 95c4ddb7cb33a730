import { reachOf } from '../../access.ts'
import type { EffectTable, Reviewed } from '../../effect.ts'
import type { Tx } from './context.ts'

/**
 * What a command does to something that people reckon with: which goods move from where to where, what is booked on which
 * account. Commands that are `reviewed` tell it before they do it: they run whole, tell, and are rolled back.
 */
export interface EffectKind<Item> {
  /** Who does not hold it is not told. */
  readonly can: string
  /** In the transaction that is rolled back afterwards, so what was written stands there. */
  tell(tx: Tx, items: readonly Item[]): Promise<EffectTable>
}

/** An effect that a running command left, with its kind. */
export interface Effect<Item = never> {
  readonly kind: EffectKind<Item>
  readonly item: Item
}

export async function tellEffects(tx: Tx, effects: readonly Effect[], approvals: readonly string[]): Promise<Reviewed> {
  const byKind = Map.groupBy(effects, ({ kind }) => kind)
  const tables: EffectTable[] = []
  for (const [kind, own] of byKind) {
    if (!reachOf(tx.actor, kind.can)) continue
    const table = await kind.tell(
      tx,
      own.map(({ item }) => item),
    )
    if (table.rows.length > 0) tables.push(table)
  }
  return { review: true, effects: tables, approvals: [...new Set(approvals)] }
}
