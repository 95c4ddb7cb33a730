import { MultiSelect, Select, SimpleGrid, Switch, Text } from '@mantine/core'
import { useMemo } from 'react'
import { currencyCodes } from '#kit/money.ts'
import { nameOfLanguage } from '#kit/words.ts'
import { SearchSelect } from '#kit/web/input/SearchSelect.tsx'
import type { FormState } from '#kit/web/form/form.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { languages, T, useT } from '#kit/web/base/words.tsx'
import { optionalAreas } from '#modules/places/company.ts'
import { countries, countryFacts } from '#modules/places/country.ts'
import type { CompanyFacts } from './company.page.tsx'

export interface SectionProps {
  readonly form: FormState
  readonly facts: CompanyFacts
  readonly isShut: boolean
}

// The hint stands below the field, so that fields side by side begin at one height.
const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]

export function Money({ form, facts, isShut }: SectionProps) {
  const t = useT()
  const regions = useMemo(() => new Intl.DisplayNames([t.locale], { type: 'region' }), [t.locale])
  const money = useMemo(() => new Intl.DisplayNames([t.locale], { type: 'currency' }), [t.locale])
  const country = String(form.values['country'])
  const codes = [...new Set([...countries.map((one) => one.code), country])]
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <SearchSelect
          label={t('field.country')}
          description={t('company.countryHint')}
          inputWrapperOrder={below}
          allowDeselect={false}
          disabled={isShut}
          error={form.errors['country']}
          value={country}
          onChange={(code) => form.set('country', code)}
          data={codes.map((code) => ({ value: code, label: regions.of(code) ?? code }))}
        />
        <SearchSelect
          label={t('field.currency')}
          description={facts.fixed.currency ? t('company.currencyFixed') : undefined}
          inputWrapperOrder={below}
          allowDeselect={false}
          disabled={isShut || facts.fixed.currency}
          error={form.errors['currency']}
          value={String(form.values['currency'])}
          onChange={(code) => form.set('currency', code)}
          data={currencyCodes.map((code) => ({ value: code, label: `${code} · ${money.of(code) ?? code}` }))}
        />
      </SimpleGrid>
      <Switch
        mt="lg"
        label={t('company.pricesIncludeTax')}
        description={t(facts.fixed.pricesIncludeTax ? 'company.taxFixed' : 'company.taxHint')}
        disabled={isShut || facts.fixed.pricesIncludeTax}
        checked={form.values['pricesIncludeTax'] === true}
        onChange={(event) => form.set('pricesIncludeTax', event.currentTarget.checked)}
      />
      <Text size="sm" c="dimmed" mt="lg">
        <T k={facts.company.costing === 'fifo' ? 'company.costingFifo' : 'company.costingAverage'} />
      </Text>
    </>
  )
}

export function Areas({ form, isShut }: SectionProps) {
  const t = useT()
  const off = form.values['areasOff'] as readonly string[]
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {optionalAreas.map((area) => (
          <Switch
            key={area}
            label={t(`menu.${area}`)}
            disabled={isShut}
            checked={!off.includes(area)}
            onChange={(event) =>
              form.set('areasOff', event.currentTarget.checked ? off.filter((one) => one !== area) : [...off, area])
            }
          />
        ))}
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="lg">
        <T k="company.areasHint" />
      </Text>
    </>
  )
}

export function Languages({ form, isShut }: SectionProps) {
  const t = useT()
  const data = languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label={t('company.locale')}
        description={t('company.localeHint')}
        inputWrapperOrder={below}
        allowDeselect={false}
        disabled={isShut}
        error={form.errors['locale']}
        value={String(form.values['locale'])}
        onChange={(locale) => form.set('locale', locale)}
        data={data}
      />
      <MultiSelect
        label={t('company.otherLanguages')}
        disabled={isShut}
        error={form.errors['languages']}
        value={[...(form.values['languages'] as string[])]}
        onChange={(chosen) => form.set('languages', chosen)}
        data={data}
      />
    </SimpleGrid>
  )
}

export function Place({ form, isShut }: SectionProps) {
  const t = useT()
  const format = useFormat()
  const zone = String(form.values['timeZone'])
  const near = countryFacts(String(form.values['country'])).timeZones
  const all = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <SearchSelect
          label={t('field.timeZone')}
          limit={60}
          allowDeselect={false}
          disabled={isShut}
          error={form.errors['timeZone']}
          value={zone}
          onChange={(next) => form.set('timeZone', next)}
          data={[...new Set([...near, zone, ...all])]}
        />
        <Select
          label={t('field.cutOffHour')}
          description={t('setup.cutOffHint')}
          inputWrapperOrder={below}
          allowDeselect={false}
          disabled={isShut}
          error={form.errors['cutOffHour']}
          value={String(form.values['cutOffHour'])}
          onChange={(hour) => form.set('cutOffHour', Number(hour))}
          data={Array.from({ length: 13 }, (_, hour) => ({ value: String(hour), label: format.hour(hour) }))}
        />
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="lg">
        <T k="company.clockHint" />
      </Text>
    </>
  )
}
