import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconBuildingBank, IconCash, IconCreditCard, IconDeviceMobile, IconTicket, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { currencies, decimalsOf, minor, type Currency, type Minor } from '#kit/money.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { isProblem, request } from '#kit/web/base/request.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { AmountInput } from '#kit/web/input/figures.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useCompletingKey } from '#kit/web/review/PostingForm.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { problemText } from '#kit/web/base/problem.ts'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { dueBy, isReference, nextWay, roundingBy, stepOf, type Step } from '#modules/payments/method/payment.rules.ts'
import { coinsOf, type Tender } from '#modules/payments/method/settle.rules.ts'
import type { BasketTotals } from '#modules/pricing/basket/basket.rules.ts'
import type { checkoutRoutes } from '../checkout/checkout.routes.ts'
import { backSent, settleBack } from '../back/back.rules.ts'
import { useAgreement, useNeedsApproval } from './ApprovalHint.tsx'
import { basketOf, cashSuggestions, type Draft } from './draft.rules.ts'
import { methodName, type TillFacts } from '../till/facts.rules.ts'
import classes from './dialogs.module.css'

export interface PaidSale {
  readonly id: string
  readonly number: string
  readonly total: string
  readonly change: string
  /** What went back of what came back for it. */
  readonly back?: { readonly exchanged: string; readonly refunded: string }
}

const icons = { cash: IconCash, card: IconCreditCard, mobile: IconDeviceMobile, bank: IconBuildingBank, credit: IconTicket }
/** What asks for the basket to be looked at again before it is paid. */
const STALE = new Set(['pricing.priceChanged', 'pricing.totalChanged', 'pricing.gone', 'pricing.askPrice'])

const REFERENCE = new Set(['payments.referenceUsed', 'payments.referenceNeeded'])

/** What a basket is refused with that has been sold already: it is in the books, its goods have gone, or what comes back has come. */
const SOLD = new Set([
  'ledger.entry.twice',
  'inventory.stock.short',
  'returns.return.tooMuch',
  'returns.return.changed',
  'kit.duplicate',
])
/** What asks for what comes back to be looked at again before it is set against anything. */
const BACK_STALE = new Set([
  'returns.return.tooMuch',
  'returns.return.changed',
  'returns.return.noWay',
  'returns.return.unknownLine',
  'pos.back.voided',
])

/** The sale that a basket has become, if it has. */
export const saleOf = (id: string): Promise<PaidSale | null> =>
  request<{ row: PaidSale }>('GET', `/pos/sales/${id}`)
    .then(({ row }) => row)
    .catch(() => null)

/** Takes payment: one way to pay with one key press, or several together. Cash is counted in coins that exist. */
export function Payment({
  draft,
  totals,
  facts,
  onClose,
  onPaid,
  onRefresh,
}: {
  draft: Draft
  totals: BasketTotals
  facts: TillFacts
  onClose: () => void
  onPaid: (sale: PaidSale) => void
  /** Today's prices; the customer's group, where the server told it. */
  onRefresh: (customerGroup: string | null | undefined) => void
}) {
  const t = useT()
  const coins = coinsOf(facts.currency)
  // What comes back pays first; only the rest is asked for.
  const back = draft.back && settleBack(draft.back, totals.total, coins)
  const total = back ? minor(totals.total - back.exchanged) : totals.total
  const notes = currencies[facts.currency as Currency]?.denominations ?? []
  const [kept, setKept] = useState<readonly Tender[]>([])
  const [way, setWay] = useState(facts.methods[0])
  const [amount, setAmount] = useState<string | null>(null)
  const [reference, setReference] = useState('')
  const [isAsked, setAsked] = useState(false)
  const referenceField = useRef<HTMLInputElement>(null)
  const form = useRef<HTMLFormElement>(null)
  useCompletingKey(form)
  // A part that was kept, another way, a quick amount: each begins the field anew, with the focus in it.
  const [turn, setTurn] = useState(0)
  const pay = useCommand<typeof checkoutRoutes>()('POST /pos/sales', {
    quiet: true,
    touches: ['pos', 'returns', 'inventory', 'accounts', 'entries', 'board'],
  })

  // What grew after somebody agreed to it is asked for now, and not when the customer has paid. The server knows what was agreed to.
  const agreement = useAgreement(facts)
  const isNeeded = useNeedsApproval(facts)(draft)
  const asked = useRef<Promise<boolean> | null>(null)
  const { ask } = agreement
  useEffect(() => {
    if (isNeeded) asked.current ??= ask(draft)
  }, [isNeeded, ask, draft])
  const isDeclined = isProblem(agreement.problem, 'kit.approvalNeeded')
  useEffect(() => {
    if (isDeclined) onClose()
  }, [isDeclined, onClose])
  const problem = pay.problem ?? agreement.problem

  const due: Minor = way ? dueBy(way.kind, total, kept, coins) : total
  const rounding = way ? roundingBy(way.kind, total, kept, coins) : 0n
  const given = amount === null ? due : /^\d{1,15}$/.test(amount) ? minor(amount) : null
  const tender: Tender | null =
    way && given !== null ? { method: way.id, kind: way.kind, given, reference: reference.trim() || null } : null
  // What the amount comes to is told without the reference; that one is asked for when it is to be kept.
  const step: Step | null = way && tender ? stepOf(total, kept, tender, { ...way, needsReference: false }, coins) : null
  const lacksReference = way?.needsReference === true && !isReference(reference)
  const suggestions = way?.kind === 'cash' ? cashSuggestions(due, notes, 10n ** BigInt(decimalsOf(facts.currency))) : []

  const nameOf = (id: string) => {
    const method = facts.methods.find((one) => one.id === id)
    return method ? methodName(t, method) : ''
  }
  const begin = (next: typeof way, typed: string | null = null) => {
    setWay(next)
    setAmount(typed)
    setReference('')
    setAsked(false)
    setTurn((now) => now + 1)
  }
  const keep = (part: Tender, next: typeof way) => {
    setKept([...kept, part])
    begin(next)
  }
  /** Whoever typed a part and goes on to another way means both. */
  const choose = (next: NonNullable<typeof way>) =>
    amount !== null && step?.is === 'part' && !lacksReference && next.id !== way?.id ? keep(step.tender, next) : begin(next)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (lacksReference && step?.is !== 'refused') {
      // Enter in the amount goes on to it; whoever leaves it out is told.
      const from = document.activeElement
      setAsked(!(from instanceof HTMLInputElement) || from === referenceField.current)
      return referenceField.current?.focus()
    }
    if (step?.is === 'part') return keep(step.tender, nextWay(facts.methods, way, draft.customer !== undefined))
    if (step?.is !== 'whole' || (await asked.current) === false) return
    const done = await pay.run({
      ...basketOf(draft, facts.till.id),
      tenders: step.tenders
        // Of a rest for which there is no coin none is given, and that is a payment.
        .filter((one) => total > 0n || !back || one.given > 0n)
        .map((one) => ({ method: one.method, given: String(one.given), reference: one.reference ?? null })),
      total: String(totals.total),
      ...(draft.note && { note: draft.note }),
      ...(back && draft.back && { back: backSent(draft.back, back.total) }),
    } as never)
    if (done) onPaid(done as unknown as PaidSale)
  }
  // The answer to an earlier try may have been lost with the page that waited for it.
  useEffect(() => {
    if (isProblem(pay.problem) && SOLD.has(pay.problem.code)) void saleOf(draft.id).then((sale) => sale && onPaid(sale))
  }, [pay.problem, draft.id, onPaid])
  // It stands beside the field that it is about, which is where one goes on.
  const isOfReference = way?.needsReference === true && isProblem(problem) && REFERENCE.has(problem.code)
  useEffect(() => {
    if (isOfReference) referenceField.current?.focus()
  }, [isOfReference])
  const isStale = isProblem(problem) && STALE.has(problem.code)
  const rest = step?.is === 'whole' ? step.settlement.change : step?.is === 'part' ? step.due : due

  return (
    <Window onClose={onClose} title={t('till.payment')} size="md" classNames={{ body: classes.payment ?? '' }}>
      <form noValidate ref={form} className={classes.pay} onSubmit={(event) => void submit(event)}>
        {rounding !== 0n && (
          <div className={classes.rounding}>
            <T k="field.rounding" />
            <Amount of={rounding} />
          </div>
        )}
        {back && (
          <div className={classes.rounding}>
            <T k="till.backFrom" number={draft.back!.number} />
            <Amount of={-back.exchanged} />
          </div>
        )}
        {back?.plan.parts.map((one, index) => (
          <div key={index} className={classes.rounding}>
            <span>
              <T k="till.giveBack" /> · {nameOf(one.method)}
            </span>
            <Amount of={one.amount} />
          </div>
        ))}
        <div className={classes.due}>
          <T k={kept.length > 0 ? 'till.stillDue' : 'till.total'} />
          <b>
            <Amount of={due} />
          </b>
        </div>
        {problem && !isOfReference && <ProblemNote of={problem} />}
        {isStale && (
          <Button variant="light" onClick={() => onRefresh(groupTold(problem))}>
            {t('till.refresh')}
          </Button>
        )}
        {draft.back && isProblem(problem) && BACK_STALE.has(problem.code) && (
          <LinkButton to="/pos/return" search={{ sale: draft.back.sale }} variant="light">
            {t('till.backAgain')}
          </LinkButton>
        )}
        {kept.length > 0 && (
          <ul className={classes.tenders}>
            {kept.map((one, index) => {
              const name = nameOf(one.method)
              return (
                <li key={index}>
                  {name}
                  <Amount of={one.given} plain />
                  <ActionIcon
                    variant="subtle"
                    aria-label={t('till.removeTender', { name })}
                    onClick={() => (setKept(kept.filter((_, at) => at !== index)), begin(way))}
                  >
                    <IconX size={16} />
                  </ActionIcon>
                </li>
              )
            })}
          </ul>
        )}
        <div className={classes.methods} role="group" aria-label={t('till.method')}>
          {facts.methods.map((one) => {
            const Icon = icons[one.kind]
            return (
              <button
                key={one.id}
                type="button"
                className={classes.method}
                aria-pressed={way?.id === one.id}
                disabled={one.kind === 'credit' && !draft.customer}
                onClick={() => choose(one)}
              >
                <Icon size={22} stroke={1.5} aria-hidden />
                {methodName(t, one)}
              </button>
            )
          })}
        </div>
        <AmountInput
          key={turn}
          data-autofocus
          autoFocus
          size="lg"
          currency={facts.currency}
          label={t(way?.kind === 'cash' ? 'till.given' : 'till.amount')}
          error={step?.is === 'refused' && (step.why === 'tooMuch' || step.why === 'coins') && t(`till.pay.${step.why}`)}
          value={amount ?? String(due)}
          onChange={(value) => setAmount(value ?? '0')}
        />
        {suggestions.length > 1 && (
          <div className={classes.quick}>
            {suggestions.map((one) => (
              <Button key={String(one)} variant="default" size="sm" onClick={() => begin(way, String(one))}>
                <span className={classes.exact}>
                  {one === due && t('till.exact')} <Amount of={one} plain />
                </span>
              </Button>
            ))}
          </div>
        )}
        {way?.needsReference && (
          <TextInput
            label={t('till.reference')}
            description={t('till.referenceHint')}
            required
            ref={referenceField}
            error={isOfReference ? problemText(t, problem) : isAsked && lacksReference && t('invalid.required')}
            value={reference}
            onChange={(event) => {
              setReference(event.currentTarget.value)
              pay.forget()
            }}
            autoComplete="off"
            dir="ltr"
          />
        )}
        <div className={classes.finish}>
          <div className={classes.change} data-short={step?.is !== 'whole' || undefined} aria-live="polite">
            <T k={step?.is === 'whole' ? 'till.change' : step?.is === 'part' ? 'till.dueAfter' : 'till.stillDue'} />
            <b>
              <Amount of={rest} />
            </b>
          </div>
          <Button
            type="submit"
            size="lg"
            fullWidth
            loading={pay.isRunning}
            disabled={step === null || step.is === 'refused' || agreement.problem !== null}
          >
            {t(step?.is === 'part' ? 'till.addTender' : 'till.complete')}
          </Button>
        </div>
      </form>
    </Window>
  )
}

const groupTold = (problem: unknown): string | null | undefined =>
  isProblem(problem) ? (problem.details as { customerGroup?: string | null } | undefined)?.customerGroup : undefined
