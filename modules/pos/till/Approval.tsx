import { PinInput, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/api.ts'
import { useSession } from '#kit/web/session.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { userRoutes } from '#modules/access/user/user.routes.ts'
import type { Draft, DraftDiscount } from './draft.rules.ts'
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

/** A second person names themselves and types their PIN. */
export function Approval({
  permission,
  place,
  onApproval,
}: {
  permission: string
  place: string
  onApproval: (approval: Draft['approval']) => void
}) {
  const t = useT()
  const [by, setBy] = useState<string | null>(null)
  const [pin, setPin] = useState('')
  const { data } = useQuery(api<typeof userRoutes>()('GET /approvers', { permission, place }))
  const tell = (person: string | null, typed: string) =>
    onApproval(person && typed.length >= 4 ? { by: person, pin: typed } : undefined)
  return (
    <Stack gap={6} role="group" aria-label={t('till.approval')}>
      <p style={{ margin: 0, color: 'var(--duka-warning)', fontSize: 13.5 }}>
        <T k={data?.rows.length === 0 ? 'till.nobodyApproves' : 'till.approvalNeeded'} />
      </p>
      <Select
        label={t('till.approver')}
        data={data?.rows.map((row) => ({ value: row.id, label: row.name })) ?? []}
        value={by}
        onChange={(value) => {
          setBy(value)
          tell(value, pin)
        }}
      />
      <PinInput
        aria-label={t('till.pin')}
        length={8}
        mask
        type="number"
        size="xs"
        placeholder=""
        value={pin}
        onChange={(value) => {
          setPin(value)
          tell(by, value)
        }}
      />
    </Stack>
  )
}
