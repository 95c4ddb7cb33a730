import { SegmentedControl, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { WireOf } from '#kit/entity.ts'
import { reading } from '#kit/web/base/api.ts'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { location } from '../location/location.ts'
import { adjustReasons } from '../stock/stock.ts'
import type { PaperKind } from './goods.rules.ts'
import type { GoodsDraft } from './useGoods.tsx'
import classes from './goods.module.css'

interface HeadProps {
  kind: PaperKind
  draft: GoodsDraft
  change: (values: Partial<GoodsDraft>) => void
  locations: readonly { value: string; label: string }[]
}

/** What only this kind of paper says: where from, why, where to. */
export function GoodsHead({ kind, draft, change, locations }: HeadProps) {
  const t = useT()
  if (kind === 'transfer')
    return (
      <Select
        label={t('goods.to')}
        required
        data={locations.filter((one) => one.value !== draft.location)}
        value={draft.toLocation}
        onChange={(toLocation) => change({ toLocation })}
      />
    )
  if (kind === 'adjustment')
    return (
      <Select
        label={t('field.reason')}
        required
        data={adjustReasons.map((value) => ({ value, label: t.of('state', `inventory.document.reason.${value}`) }))}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    )
  return (
    <>
      <div className={classes.source}>
        <span id="source" className={classes.label}>
          {t('goods.source')}
        </span>
        <SegmentedControl
          aria-labelledby="source"
          fullWidth
          value={draft.source}
          onChange={(source) => change({ source: source as GoodsDraft['source'] })}
          data={(['supplier', 'opening'] as const).map((value) => ({ value, label: t(`goods.source.${value}`) }))}
        />
      </div>
      {draft.source === 'supplier' && (
        <RefPicker to="party" label={t('field.supplier')} value={draft.supplier} onChange={(supplier) => change({ supplier })} />
      )}
    </>
  )
}

/** The storage locations of the company; one that is none any more gives way to the place's own. */
export function useStorages(draft: GoodsDraft, change: (values: Partial<GoodsDraft>) => void) {
  const { place } = useSession()
  const { data } = useQuery(
    reading<{ rows: WireOf<typeof location>[] }>('GET /inventory/locations', { kind: 'storage', limit: 200 }),
  )
  const rows = data?.rows
  // The place's own storage is its oldest: one that is added later, and comes first by name, does not take the deliveries.
  const byAge = rows?.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const first = byAge?.find((row) => !place || row.place === place.id)?.id ?? byAge?.[0]?.id
  const isKnown = rows?.some((row) => row.id === draft.location)
  useEffect(() => {
    if (first && !isKnown) change({ location: first })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `change` is new each time and means the same
  }, [first, isKnown])
  return rows
}
