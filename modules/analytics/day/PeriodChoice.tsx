import { Select } from '@mantine/core'
import { useSearch } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { homePeriods, useHomePeriod } from './useHomePeriod.tsx'

/** Chooses the days of all figures of a home; they stand in the address. */
export function PeriodChoice() {
  const t = useT()
  const { period } = useHomePeriod()
  const [, setSearch] = useSearch()
  return (
    <Select
      aria-label={t('period.days')}
      allowDeselect={false}
      w={170}
      value={period}
      onChange={(next) => setSearch({ span: next === 'last30' ? undefined : (next ?? undefined) })}
      data={homePeriods.map((one) => ({ value: one, label: t(`period.${one}`) }))}
    />
  )
}
