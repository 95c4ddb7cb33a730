import { useCommand } from '#kit/web/base/command.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { T } from '#kit/web/base/words.tsx'
import type { agreementRoutes } from '../basket/agreement.routes.ts'
import { beyondLimit, isFreelyPriced } from '#modules/pricing/basket/basket.rules.ts'
import { basketOf, draftTotals, type Draft } from './draft.rules.ts'
import type { TillFacts } from '../till/facts.rules.ts'
import classes from './dialogs.module.css'

/** Does this basket need somebody else for a line (or for any)? The rule is the server's, which judges the same again. */
export function useNeedsApproval(facts: TillFacts): (draft: Draft, key?: string) => boolean {
  const { may } = useSession()
  const { place } = facts.till
  return (draft, key) => {
    const isMeant = (index: number) => key === undefined || draft.lines[index]?.key === key
    const hasPrice = draft.lines.some(
      (line, at) => isMeant(at) && !line.asked && line.unitPrice && line.unitPrice !== line.listPrice,
    )
    const isJudged = (at: number) => isMeant(at) && !isFreelyPriced(draft.lines[at]?.asked)
    if (hasPrice && !may('pos.sale.price', place)) return true
    if (may('pos.sale.discount', place)) return false
    const totals = draftTotals(draft, facts.pricesIncludeTax)
    if (!may('pos.sale.smallDiscount', place)) return totals.lines.some((line, at) => isJudged(at) && line.discount > 0n)
    return beyondLimit(totals, BigInt(facts.discountLimit), draft.discount !== undefined).some(isJudged)
  }
}

/** Asks whoever may, now, while the basket is open. @returns whether it may be given */
export function useAgreement(facts: TillFacts) {
  const agree = useCommand<typeof agreementRoutes>()('POST /pos/agreements', { quiet: true })
  return {
    ...agree,
    ask: async (draft: Draft) => (await agree.run(basketOf(draft, facts.till.id) as never)) !== undefined,
  }
}

/** Says beforehand that somebody who may is asked to agree. */
export const ApprovalHint = () => (
  <p className={classes.approval}>
    <T k="till.approvalNeeded" />
  </p>
)
