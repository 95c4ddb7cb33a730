import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { AmountInput, QuantityInput, RateInput } from '#kit/web/inputs.tsx'
import { useT } from '#kit/web/words.tsx'
import { changeLine, type Draft, type DraftLine } from './draft.rules.ts'
import type { TillFacts } from './facts.rules.ts'
import { ApprovalHint, useNeedsApproval } from './ApprovalHint.tsx'

const isAmount = (text: string | null): text is string => text !== null && /^\d{1,15}$/.test(text)

/** Quantity, price and discount of one line. What is more than one may give needs a second person who agrees. */
export function LineDialog({
  line,
  facts,
  onClose,
  onChange,
  onRemove,
}: {
  line: DraftLine
  facts: TillFacts
  onClose: () => void
  onChange: (change: (draft: Draft) => Draft) => void
  onRemove: () => void
}) {
  const t = useT()
  const [quantity, setQuantity] = useState<string | null>(line.quantity)
  const [price, setPrice] = useState<string | null>(line.unitPrice ?? line.listPrice)
  const [percent, setPercent] = useState<string | null>(line.discount && 'rate' in line.discount ? line.discount.rate : null)
  const [amount, setAmount] = useState<string | null>(line.discount && 'amount' in line.discount ? line.discount.amount : null)
  const otherPrice = isAmount(price) && price !== line.listPrice
  const discount =
    isAmount(amount) && BigInt(amount) > 0n
      ? { amount }
      : isAmount(percent) && BigInt(percent) > 0n
        ? { rate: percent }
        : undefined
  const needed = useNeedsApproval(facts, {
    otherPrice,
    discount,
    gross: (BigInt(isAmount(price) ? price : line.listPrice) * BigInt(isAmount(quantity) ? quantity : '0')) / 1_000_000n,
  })
  const isRight =
    isAmount(quantity) &&
    BigInt(quantity) > 0n &&
    isAmount(price) &&
    (!discount || !('rate' in discount) || BigInt(discount.rate ?? '0') <= 1_000_000n)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!isRight) return
    onChange((draft) => {
      const { discount: _, unitPrice: __, ...rest } = draft.lines.find((one) => one.key === line.key) ?? line
      const changed: DraftLine = { ...rest, quantity, ...(otherPrice && { unitPrice: price }), ...(discount && { discount }) }
      const next = {
        ...draft,
        lines: draft.lines.map((one) => (one.key === line.key ? changed : one)),
      }
      return changeLine(next, line.key, {})
    })
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={line.name} size="sm">
      <form onSubmit={save}>
        <Stack gap="sm">
          <QuantityInput label={t('field.quantity')} size="md" data-autofocus value={quantity} onChange={setQuantity} />
          <AmountInput label={t('till.price')} size="md" value={price} onChange={setPrice} />
          <Group grow>
            <RateInput
              label={t('till.discountPercent')}
              value={percent}
              onChange={(value) => (setPercent(value), setAmount(null))}
            />
            <AmountInput
              label={t('till.discountAmount')}
              value={amount}
              onChange={(value) => (setAmount(value), setPercent(null))}
            />
          </Group>
          {needed && <ApprovalHint />}
          <Group justify="space-between" mt="xs">
            <Button variant="subtle" color="red" onClick={onRemove}>
              {t('till.remove')}
            </Button>
            <Button type="submit" disabled={!isRight}>
              {t('action.apply')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
