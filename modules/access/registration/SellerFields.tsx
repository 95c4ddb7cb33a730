import { NumberInput, TextInput, VisuallyHidden } from '@mantine/core'
import { useMemo } from 'react'
import { SearchSelect } from '#kit/web/input/SearchSelect.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { countries } from '#modules/places/country.ts'

export interface SellerFacts {
  readonly company: string
  readonly country: string
  readonly expectedDailyOrders: number
  readonly storeName: string
  readonly storeLink: string
  readonly bankAccount: string
  readonly bankAccountAgain: string
}
export const NO_SELLER: SellerFacts = {
  company: '',
  country: '',
  expectedDailyOrders: 10,
  storeName: '',
  storeLink: '',
  bankAccount: '',
  bankAccountAgain: '',
}

/** A link is written with or without its beginning. */
export const sellerInputOf = ({ storeLink, ...rest }: SellerFacts) => {
  const link = storeLink.trim()
  return { ...rest, storeLink: link === '' ? null : /^https?:\/\//.test(link) ? link : `https://${link}` }
}

/** The business that somebody sells for, and where it is paid. */
interface SellerFieldsProps {
  readonly value: SellerFacts
  readonly onChange: (value: SellerFacts) => void
  /** What the server said about a field. */
  readonly wrong: (name: keyof SellerFacts) => string | undefined
}

export function SellerFields({ value, onChange, wrong }: SellerFieldsProps) {
  const t = useT()
  const names = useMemo(() => new Intl.DisplayNames([t.locale], { type: 'region' }), [t.locale])
  const set = (name: keyof SellerFacts, next: unknown) => onChange({ ...value, [name]: next })
  const field = (name: 'company' | 'storeName' | 'storeLink' | 'bankAccount' | 'bankAccountAgain') => ({
    mb: 'md' as const,
    label: t(`register.${name}`),
    value: value[name],
    error: wrong(name),
    onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
  })
  const wanted = { required: true, withAsterisk: false }
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <VisuallyHidden component="legend">
        <T k="register.business" />
      </VisuallyHidden>
      <TextInput autoComplete="organization" maxLength={160} {...wanted} {...field('company')} />
      <SearchSelect
        label={t('register.country')}
        error={wrong('country')}
        mb="md"
        allowDeselect={false}
        value={value.country || null}
        onChange={(country) => set('country', country ?? '')}
        data={countries.map((one) => ({ value: one.code, label: names.of(one.code) ?? one.name }))}
        {...wanted}
      />
      <TextInput maxLength={120} {...wanted} {...field('storeName')} />
      <TextInput dir="ltr" inputMode="url" maxLength={300} {...field('storeLink')} />
      <NumberInput
        label={t('register.expectedDailyOrders')}
        mb="md"
        min={0}
        max={1_000_000}
        allowDecimal={false}
        allowNegative={false}
        value={value.expectedDailyOrders}
        onChange={(orders) => set('expectedDailyOrders', Number(orders) || 0)}
      />
      <TextInput
        dir="ltr"
        autoComplete="off"
        maxLength={40}
        description={t('register.bankHint')}
        inputWrapperOrder={['label', 'input', 'description']}
        {...wanted}
        {...field('bankAccount')}
      />
      {/* Typed twice, not pasted: that is the point of asking twice. */}
      <TextInput
        dir="ltr"
        autoComplete="off"
        maxLength={40}
        onPaste={(event) => event.preventDefault()}
        {...wanted}
        {...field('bankAccountAgain')}
      />
    </fieldset>
  )
}
