import { ActionIcon, Button, Modal, Stack, TextInput } from '@mantine/core'
import { IconBuildingBank, IconCash, IconCreditCard, IconDeviceMobile, IconTicket, IconX } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { currencies, minor, sum, type Currency, type Minor } from '#kit/money.ts'
import { useCommand } from '#kit/web/command.tsx'
import { isProblem } from '#kit/web/request.ts'
import { AmountInput } from '#kit/web/inputs.tsx'
import { ProblemNote } from '#kit/web/parts.tsx'
import { Amount } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { cashDue, settle, type Tender } from '#modules/payments/method/settle.rules.ts'
import type { BasketTotals } from '../sale/basket.rules.ts'
import type { saleRoutes } from '../sale/sale.routes.ts'
import { cashSuggestions, type Draft } from './draft.rules.ts'
import type { TillFacts } from './facts.rules.ts'
import classes from './dialogs.module.css'

export interface PaidSale {
  readonly id: string
  readonly number: string
  readonly total: string
  readonly change: string
}

const icons = { cash: IconCash, card: IconCreditCard, mobile: IconDeviceMobile, bank: IconBuildingBank, credit: IconTicket }
type Typed = Tender & { readonly name: string }

/** Takes payment: one way to pay with one key press, or several together. Cash is counted in coins that exist. */
export function Payment({
  draft,
  totals,
  facts,
  onChange,
  onClose,
  onPaid,
  onStale,
}: {
  draft: Draft
  totals: BasketTotals
  facts: TillFacts
  onChange: (change: (draft: Draft) => Draft) => void
  onClose: () => void
  onPaid: (sale: PaidSale) => void
  onStale: () => void
}) {
  const t = useT()
  const step = currencies[facts.currency as Currency]?.cashStep ?? 1n
  const notes = currencies[facts.currency as Currency]?.denominations ?? []
  const [kept, setKept] = useState<readonly Typed[]>([])
  const [method, setMethod] = useState(facts.methods[0])
  const [amount, setAmount] = useState<string | null>(null)
  const [reference, setReference] = useState('')
  const pay = useCommand<typeof saleRoutes>()('POST /pos/sales', {
    quiet: true,
    touches: ['pos', 'inventory', 'accounts', 'entries', 'board'],
  })

  const rest = minor(totals.total - sum(kept.map((tender) => tender.given)))
  const due: Minor = method?.kind === 'cash' ? cashDue(totals.total, kept, step) : rest
  const given = amount === null ? due : /^\d{1,15}$/.test(amount) ? minor(amount) : null
  const tender: Typed | null =
    method && given !== null && (given > 0n || totals.total === 0n)
      ? { method: method.id, kind: method.kind, given, reference: reference.trim() || null, name: method.name }
      : null
  const all = tender ? [...kept, tender] : kept
  const outcome = attempt(() => settle(totals.total, all, step))
  const isCovered = !(outcome instanceof Error)
  const lacksReference = method?.needsReference && !reference.trim()
  const suggestions = method?.kind === 'cash' ? cashSuggestions(due, notes) : []

  const split = () => {
    if (!tender || given === null || given >= rest || lacksReference) return
    setKept([...kept, tender])
    setAmount(null)
    setReference('')
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isCovered) return split()
    if (lacksReference) return
    const { id, lines, discount, customer, note } = draft
    const done = await pay.run({
      id,
      till: facts.till.id,
      lines: lines.map(({ variant, quantity, listPrice, unitPrice, discount: off }) => ({
        variant,
        quantity,
        listPrice,
        ...(unitPrice && { unitPrice }),
        ...(off && { discount: off }),
      })),
      tenders: all.map((one) => ({ method: one.method, given: String(one.given), reference: one.reference ?? null })),
      total: String(totals.total),
      ...(discount && { discount }),
      ...(customer && { customer: customer.id }),
      ...(note && { note }),
    } as never)
    if (done) onPaid(done as unknown as PaidSale)
  }
  const stale =
    isProblem(pay.problem) &&
    ['pos.sale.priceChanged', 'pos.sale.totalChanged', 'pos.sale.gone'].includes((pay.problem as { code: string }).code)

  return (
    <Modal opened onClose={onClose} title={t('till.payment')} size="md">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <div className={classes.due}>
            <T k={kept.length > 0 ? 'till.stillDue' : 'till.total'} />
            <b>
              <Amount of={due} />
            </b>
          </div>
          {pay.problem && <ProblemNote of={pay.problem} />}
          {stale && (
            <Button variant="light" onClick={() => (onStale(), onChange((now) => ({ ...now })), onClose())}>
              {t('till.refresh')}
            </Button>
          )}
          {kept.length > 0 && (
            <ul className={classes.tenders}>
              {kept.map((one, index) => (
                <li key={index}>
                  {one.name}
                  <Amount of={one.given} plain />
                  <ActionIcon
                    variant="subtle"
                    aria-label={t('till.removeTender', { name: one.name })}
                    onClick={() => setKept(kept.filter((_, at) => at !== index))}
                  >
                    <IconX size={16} />
                  </ActionIcon>
                </li>
              ))}
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
                  aria-pressed={method?.id === one.id}
                  disabled={one.kind === 'credit' && !draft.customer}
                  onClick={() => (setMethod(one), setAmount(null))}
                >
                  <Icon size={22} stroke={1.5} aria-hidden />
                  {one.name}
                </button>
              )
            })}
          </div>
          <AmountInput
            key={method?.id}
            data-autofocus
            autoFocus
            size="lg"
            currency={facts.currency}
            label={t(method?.kind === 'cash' ? 'till.given' : 'till.amount')}
            value={amount ?? String(due)}
            onChange={(value) => setAmount(value ?? '0')}
          />
          {suggestions.length > 1 && (
            <div className={classes.quick}>
              {suggestions.map((one) => (
                <Button key={String(one)} variant="default" size="sm" onClick={() => setAmount(String(one))}>
                  <Amount of={one} plain />
                </Button>
              ))}
            </div>
          )}
          {method?.needsReference && (
            <TextInput
              label={t('till.reference')}
              description={t('till.referenceHint')}
              required
              value={reference}
              onChange={(event) => setReference(event.currentTarget.value)}
              autoComplete="off"
              dir="ltr"
            />
          )}
          <div className={classes.change} data-short={!isCovered || undefined} aria-live="polite">
            <T k={isCovered ? 'till.change' : 'till.missing'} />
            <b>
              <Amount of={isCovered ? outcome.change : minor(rest - (given ?? 0n))} />
            </b>
          </div>
          <Button
            type="submit"
            size="lg"
            loading={pay.isRunning}
            disabled={given === null || lacksReference || (!isCovered && (given === 0n || given >= rest))}
          >
            {t(isCovered ? 'till.complete' : 'till.addTender')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}

function attempt<T>(act: () => T): T | (Error & { code?: string }) {
  try {
    return act()
  } catch (problem) {
    return problem as Error & { code?: string }
  }
}
