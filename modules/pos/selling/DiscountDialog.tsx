import { Button, Group, Stack } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { AmountInput, RateInput } from '#kit/web/input/figures.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { Draft } from './draft.rules.ts'
import type { TillFacts } from '../till/facts.rules.ts'
import { ApprovalHint, useAgreement, useNeedsApproval } from './ApprovalHint.tsx'

/** A discount on the whole basket, in percent or as an amount. */
export function DiscountDialog({
  draft,
  facts,
  onClose,
  onChange,
}: {
  draft: Draft
  facts: TillFacts
  onClose: () => void
  onChange: (change: (draft: Draft) => Draft) => void
}) {
  const t = useT()
  const [percent, setPercent] = useState<string | null>(draft.discount && 'rate' in draft.discount ? draft.discount.rate : null)
  const [amount, setAmount] = useState<string | null>(draft.discount && 'amount' in draft.discount ? draft.discount.amount : null)
  const read = (text: string | null) => (text !== null && /^\d{1,15}$/.test(text) && BigInt(text) > 0n ? text : null)
  const discount = read(amount) ? { amount: read(amount)! } : read(percent) ? { rate: read(percent)! } : undefined
  const next = (now: Draft): Draft => {
    const { discount: _, ...rest } = now
    return { ...rest, ...(discount && { discount }) }
  }
  const isNeeded = useNeedsApproval(facts)
  const agreement = useAgreement(facts)
  const isRight = !discount || !('rate' in discount) || BigInt(discount.rate ?? '0') <= 1_000_000n
  const needed = isRight && isNeeded(next(draft))
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!isRight || (needed && !(await agreement.ask(next(draft))))) return
    onChange(next)
    onClose()
  }
  return (
    <Window onClose={onClose} title={t('till.basketDiscount')} size="sm">
      <form noValidate onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          {agreement.problem && <ProblemNote of={agreement.problem} />}
          <Group grow>
            <RateInput
              data-autofocus
              label={t('till.discountPercent')}
              error={isRight ? undefined : t('invalid.outOfRange')}
              value={percent}
              onChange={(value) => {
                setPercent(value)
                setAmount(null)
              }}
            />
            <AmountInput
              label={t('till.discountAmount')}
              value={amount}
              onChange={(value) => {
                setAmount(value)
                setPercent(null)
              }}
            />
          </Group>
          {needed && <ApprovalHint />}
          <Group justify="flex-end">
            <Button type="submit" disabled={!isRight} loading={agreement.isRunning}>
              {t('action.apply')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Window>
  )
}
