import { Button, Group, Stack } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { AmountInput, QuantityInput, RateInput } from '#kit/web/input/figures.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { Window } from '#kit/web/look/Window.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { wrongAsked } from '#modules/pricing/basket/basket.rules.ts'
import { boundsOf } from './asked.rules.ts'
import { changeLine, type Draft, type DraftLine } from './draft.rules.ts'
import type { TillFacts } from '../till/facts.rules.ts'
import { ApprovalHint, useAgreement, useNeedsApproval } from './ApprovalHint.tsx'

const isAmount = (text: string | null): text is string => text !== null && /^\d{1,15}$/.test(text)

/** Quantity, price and discount of one line. What is more than one may give needs a second person who agrees. */
export function LineDialog({
  line,
  draft,
  facts,
  onClose,
  onChange,
  onPrice,
  onRemove,
}: {
  line: DraftLine
  draft: Draft
  facts: TillFacts
  onClose: () => void
  onChange: (change: (draft: Draft) => Draft) => void
  /** The basket at the prices that it has. */
  onPrice: (draft: Draft) => Draft
  onRemove: () => void
}) {
  const t = useT()
  const format = useFormat()
  const [quantity, setQuantity] = useState<string | null>(line.quantity)
  const [price, setPrice] = useState<string | null>(line.unitPrice ?? line.listPrice)
  const [percent, setPercent] = useState<string | null>(line.discount && 'rate' in line.discount ? line.discount.rate : null)
  const [amount, setAmount] = useState<string | null>(line.discount && 'amount' in line.discount ? line.discount.amount : null)
  const { asked } = line
  const otherPrice = isAmount(price) && (asked ? true : price !== line.listPrice)
  const wrong = asked && wrongAsked(isAmount(price) ? BigInt(price) : undefined, asked)
  const bounds = asked && boundsOf(asked)
  const said = bounds && t(bounds.key, { least: format.money(bounds.least), most: format.money(bounds.most) })
  const discount =
    isAmount(amount) && BigInt(amount) > 0n
      ? { amount }
      : isAmount(percent) && BigInt(percent) > 0n
        ? { rate: percent }
        : undefined
  const isNeeded = useNeedsApproval(facts)
  const agreement = useAgreement(facts)
  const isQuantity = isAmount(quantity) && BigInt(quantity) > 0n
  const isShare = !discount || !('rate' in discount) || BigInt(discount.rate ?? '0') <= 1_000_000n
  const isRight = isQuantity && isAmount(price) && !wrong && isShare
  const next = (now: Draft): Draft => {
    const { discount: _, unitPrice: __, ...rest } = now.lines.find((one) => one.key === line.key) ?? line
    const changed: DraftLine = {
      ...rest,
      quantity: isAmount(quantity) ? quantity : rest.quantity,
      ...(otherPrice && { unitPrice: price }),
      ...(discount && { discount }),
    }
    return changeLine({ ...now, lines: now.lines.map((one) => (one.key === line.key ? changed : one)) }, line.key, {})
  }
  // Another quantity may have another price: what somebody agrees to is the basket as it will be.
  const needed = isRight && isNeeded(onPrice(next(draft)), line.key)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!isRight || (needed && !(await agreement.ask(onPrice(next(draft)))))) return
    onChange(next)
    onClose()
  }
  return (
    <Window onClose={onClose} title={line.name} size="sm">
      <form noValidate onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          {agreement.problem && <ProblemNote of={agreement.problem} />}
          <QuantityInput
            label={t('field.quantity')}
            size="md"
            error={quantity !== null && !isQuantity ? t('invalid.outOfRange') : undefined}
            data-autofocus
            unit={line.unit}
            value={quantity}
            onChange={setQuantity}
          />
          <AmountInput
            label={[t('till.price'), format.per(line.priceUnit ?? '1', line.unit)].filter(Boolean).join(' ')}
            size="md"
            description={said}
            error={wrong ? (wrong === 'askPrice' ? t('till.givePrice') : said) : undefined}
            value={price}
            onChange={setPrice}
          />
          <Group grow>
            <RateInput
              label={t('till.discountPercent')}
              error={isShare ? undefined : t('invalid.outOfRange')}
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
            <Button type="submit" disabled={!isRight} loading={agreement.isRunning}>
              {t('action.apply')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Window>
  )
}
