import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { AmountInput, RateInput } from '#kit/web/inputs.tsx'
import { useT } from '#kit/web/words.tsx'
import { draftTotals, type Draft } from './draft.rules.ts'
import type { TillFacts } from './facts.rules.ts'
import { ApprovalHint, useNeedsApproval } from './ApprovalHint.tsx'

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
  const { gross } = draftTotals({ ...draft, discount: undefined } as unknown as Draft, facts.pricesIncludeTax)
  const needed = useNeedsApproval(facts, { otherPrice: false, discount, gross })
  const isRight = !discount || !('rate' in discount) || BigInt(discount.rate ?? '0') <= 1_000_000n
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!isRight) return
    onChange(({ discount: _discount, ...rest }) => ({ ...rest, ...(discount && { discount }) }))
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('till.basketDiscount')} size="sm">
      <form onSubmit={save}>
        <Stack gap="sm">
          <Group grow>
            <RateInput
              data-autofocus
              label={t('till.discountPercent')}
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
            <Button type="submit" disabled={!isRight}>
              {t('action.apply')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
