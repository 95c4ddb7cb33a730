import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { api } from '#kit/web/api.ts'
import { useT } from '#kit/web/words.tsx'
import { seededName } from '#kit/words.ts'
import { accountKinds } from '../account/account.ts'
import type { chartRoutes } from '../account/account.routes.ts'

/** The chart as the pickers of a form share it. */
export const useChart = () => useQuery(api<typeof chartRoutes>('ledger')('GET /accounts/chart', {}))

interface PickerProps {
  readonly value: string | null
  readonly onChange: (id: string | null) => void
  readonly error: boolean
}

/** Chooses an account by a part of its code or name. The whole chart is here already, so nothing is waited for. */
export function AccountPicker({ value, onChange, error }: PickerProps) {
  const t = useT()
  const { data, isPending } = useChart()
  const [search, setSearch] = useState('')
  const groups = useMemo(
    () =>
      accountKinds.map((kind) => ({
        group: t(`account.class.${kind}`),
        items: (data?.rows ?? [])
          .filter((row) => row.kind === kind && (!row.archivedAt || row.id === value))
          .map((row) => ({ value: row.id, label: `${row.code} ${seededName(t, row)}` })),
      })),
    [data, t, value],
  )
  // Who types faster than the list opens means its first match all the same.
  const takeFirst = (event: KeyboardEvent<HTMLInputElement>) => {
    const wanted = search.trim().toLowerCase()
    if (!['Enter', 'Tab'].includes(event.key) || wanted === '' || event.currentTarget.hasAttribute('aria-activedescendant'))
      return
    const first = groups.flatMap((group) => group.items).find((item) => item.label.toLowerCase().includes(wanted))
    if (first && first.value !== value) onChange(first.value)
  }
  return (
    <Select
      aria-label={t('field.account')}
      placeholder={t('entry.chooseAccount')}
      data={groups}
      value={value}
      onChange={onChange}
      onKeyDown={takeFirst}
      error={error}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      selectFirstOptionOnChange
      autoSelectOnBlur
      openOnFocus={false}
      nothingFoundMessage={t(isPending ? 'common.loading' : 'list.nothingFound')}
      maxDropdownHeight={320}
    />
  )
}
