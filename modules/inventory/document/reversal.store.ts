import { minor, sum, type Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { general, type ChartAccount } from '#modules/ledger/account/chart.ts'
import { goods } from '../stock/stock.chart.ts'
import { issue, receive, transfer } from '../stock/stock.store.ts'
import { inLedgers } from './document.ts'
import { postCovered, postValue, type Paper } from './document.store.ts'

/** A move of a paper, with what its two ends are. */
export interface PostedMove {
  readonly variant: string
  readonly lot: string | null
  readonly owner: string | null
  readonly quantity: Qty
  readonly cost: Minor
  readonly fromLocation: string
  readonly fromKind: string
  readonly toLocation: string
  readonly toKind: string
}

/** The moves that a paper made; a cost that followed goods sold before they came is none of them. */
export async function movesOf(tx: Tx, document: string): Promise<PostedMove[]> {
  const { rows } = await tx.client.query<PostedMove>(
    `select m.variant, m.lot, m.owner, m.quantity::bigint as quantity, m.cost::bigint as cost, m.from_location as "fromLocation",
       f.kind as "fromKind", m.to_location as "toLocation", t.kind as "toKind"
     from inventory_move m join inventory_location f on f.id = m.from_location join inventory_location t on t.id = m.to_location
     where m.document = $1 and m.quantity > 0 order by m.variant, m.lot nulls first`,
    [document],
  )
  return rows
}

const isShelf = (kind: string) => kind === 'storage'

/**
 * Takes the moves of a paper back. What leaves a shelf leaves at the cost that it has there now, what returns to one returns at the
 * cost at which it left; where the two differ from what was booked, the difference is a gain or a loss.
 * @param against the account that the paper was booked against, by what it did: came in or went out
 * @returns by how much stock rose, below zero by how much it fell
 * @throws `inventory.stock.short` where what came has gone on
 */
export async function takeBack(
  tx: Tx,
  paper: Paper,
  moves: readonly PostedMove[],
  against: { readonly cameIn: ChartAccount; readonly wentOut: ChartAccount },
): Promise<Minor> {
  const why = { documentKind: inLedgers[paper.kind], document: paper.id, businessDay: paper.day, reason: 'reversal' }
  const between = Map.groupBy(moves, ({ fromLocation, toLocation }) => `${fromLocation} ${toLocation}`)
  const booked = new Map<ChartAccount, bigint>()
  const book = (account: ChartAccount, value: bigint) => booked.set(account, (booked.get(account) ?? 0n) + value)
  let covered = 0n
  for (const own of between.values()) {
    const { fromLocation, fromKind, toLocation, toKind } = own[0]!
    const was = sum(own.map((move) => move.cost))
    if (isShelf(fromKind) && isShelf(toKind)) {
      covered += (await transfer(tx, toLocation, fromLocation, own, why, paper.costing)).covered
    } else if (isShelf(toKind)) {
      const taken = sum(await issue(tx, toLocation, fromLocation, own, why, paper.costing))
      book(against.cameIn, -was)
      // It is worth more or less by now than when it came.
      book(taken > was ? goods.stockLoss : goods.stockGain, was - taken)
    } else if (isShelf(fromKind)) {
      const back = own.map((move) => ({ ...move, value: move.cost }))
      covered += await receive(tx, toLocation, fromLocation, back, why, paper.costing)
      book(against.wentOut, was)
    }
  }
  for (const [account, value] of booked) await postValue(tx, paper, account, [minor(value)], 'reversal')
  await postCovered(tx, paper, minor(covered))
  return minor([...booked.values()].reduce((all, one) => all + one, 0n))
}

/** What a paper of this kind was booked against. */
export const bookedAgainst = (kind: Paper['kind'], reason: string | null) => ({
  cameIn: kind === 'receipt' ? (reason === 'opening' ? general.openingEquity : goods.goodsReceived) : goods.stockGain,
  wentOut: goods.stockLoss,
})
