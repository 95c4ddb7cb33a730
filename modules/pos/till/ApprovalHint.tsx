import { useSession } from '#kit/web/session.tsx'
import { T } from '#kit/web/words.tsx'
import type { DraftDiscount } from './draft.rules.ts'
import type { TillFacts } from './facts.rules.ts'

/** The permission that somebody else must lend for this, or nothing. The server judges the same again. */
export function useNeedsApproval(
  facts: TillFacts,
  wanted: { otherPrice: boolean; discount: DraftDiscount | undefined; gross: bigint },
): string | null {
  const { may } = useSession()
  if (wanted.otherPrice && !may('pos.sale.price', facts.till.place)) return 'pos.sale.price'
  if (!wanted.discount || may('pos.sale.discount', facts.till.place)) return null
  const share =
    'rate' in wanted.discount
      ? BigInt(wanted.discount.rate)
      : wanted.gross > 0n
        ? (BigInt(wanted.discount.amount) * 1_000_000n) / wanted.gross
        : 0n
  return may('pos.sale.smallDiscount', facts.till.place) && share <= BigInt(facts.discountLimit) ? null : 'pos.sale.discount'
}

/** Says beforehand that somebody who may will be asked to agree when the money is taken. */
export function ApprovalHint() {
  return (
    <p style={{ margin: 0, color: 'var(--duka-warning)', fontSize: 13.5 }}>
      <T k="till.approvalNeeded" />
    </p>
  )
}
