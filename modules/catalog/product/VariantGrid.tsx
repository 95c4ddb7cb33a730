import { TextInput } from '@mantine/core'
import { AmountInput } from '#kit/web/input/figures.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { emptyVariant, isMistyped, keyOf, MOST_VARIANTS, type VariantDraft } from './variants.rules.ts'
import classes from './product.module.css'

/** A line for each variant. What the first line says about price and cost holds for the others until they say otherwise. */
export function VariantGrid({
  rows,
  variants,
  per,
  isPriceAsked,
  isAsked,
  onChange,
}: {
  rows: readonly (readonly string[])[]
  variants: Readonly<Record<string, VariantDraft>>
  /** What prices are for, where that is more than one. */
  per: string
  /** The price is asked at the till: what stands here is the usual one, and may be left out. */
  isPriceAsked: boolean
  /** Somebody wanted to save: what is missing is named. */
  isAsked: boolean
  onChange: (key: string, values: Partial<VariantDraft>) => void
}) {
  const t = useT()
  const { may } = useSession()
  const first = variants[keyOf(rows[0] ?? [])] ?? emptyVariant
  if (rows.length > MOST_VARIANTS) return <p className={classes.lead}>{t('product.tooMany', { most: String(MOST_VARIANTS) })}</p>
  return (
    <div className={classes.grid}>
      {rows.map((values, index) => {
        const key = keyOf(values)
        const draft = variants[key] ?? emptyVariant
        const set = (changed: Partial<VariantDraft>) => onChange(key, changed)
        return (
          <fieldset key={key} className={classes.variant}>
            {rows.length > 1 && <legend>{values.join(' / ')}</legend>}
            {may('catalog.price.edit') && (
              <AmountInput
                label={[t(isPriceAsked ? 'product.usualPrice' : 'field.price'), per].join(' ').trim()}
                required={index === 0 && !isPriceAsked}
                error={isAsked && !isPriceAsked && (draft.price ?? first.price) === null ? t('invalid.required') : undefined}
                value={draft.price ?? (index > 0 ? first.price : null)}
                onChange={(price) => set({ price })}
              />
            )}
            {may('catalog.cost.read') && (
              <AmountInput
                label={[t('field.cost'), per].join(' ').trim()}
                value={draft.cost ?? (index > 0 ? first.cost : null)}
                onChange={(cost) => set({ cost })}
              />
            )}
            <TextInput
              label={t('field.barcode')}
              value={draft.barcode}
              error={isMistyped(draft.barcode.trim()) ? t('product.badBarcode') : undefined}
              inputMode="numeric"
              maxLength={80}
              // A scanner ends with Enter, which must not send the form.
              onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
              onChange={(event) => set({ barcode: event.currentTarget.value })}
            />
            <TextInput
              label={t('field.sku')}
              placeholder={t('product.skuAuto')}
              value={draft.sku}
              maxLength={80}
              onChange={(event) => set({ sku: event.currentTarget.value })}
            />
          </fieldset>
        )
      })}
    </div>
  )
}
