import { Checkbox, Stack } from '@mantine/core'
import { AmountInput } from '#kit/web/input/figures.tsx'
import { useT } from '#kit/web/base/words.tsx'
import classes from './product.module.css'

interface Asking {
  readonly asksPrice: boolean
  readonly leastPrice: string | null
  readonly mostPrice: string | null
}

/** Whether the price of a new article is asked at the till, and between which bounds. */
export function AskedPrice({
  draft,
  per,
  onChange,
}: {
  draft: Asking
  /** What prices are for, where that is more than one. */
  per: string
  onChange: (values: Partial<Asking>) => void
}) {
  const t = useT()
  const label = (name: string) => [t.of('field', `catalog.product.${name}`), per].join(' ').trim()
  return (
    <Stack gap="sm" mb="md">
      <Checkbox
        label={t.of('field', 'catalog.product.asksPrice')}
        description={t('product.asksPriceHint')}
        checked={draft.asksPrice}
        onChange={(event) => onChange({ asksPrice: event.currentTarget.checked })}
      />
      {draft.asksPrice && (
        <div className={classes.pair}>
          <AmountInput label={label('leastPrice')} value={draft.leastPrice} onChange={(leastPrice) => onChange({ leastPrice })} />
          <AmountInput label={label('mostPrice')} value={draft.mostPrice} onChange={(mostPrice) => onChange({ mostPrice })} />
        </div>
      )}
    </Stack>
  )
}
