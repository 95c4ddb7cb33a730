import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '#kit/web/base/api.ts'
import { SearchSelect } from '#kit/web/input/SearchSelect.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { seededName } from '#kit/words.ts'
import { accountKinds } from './account.ts'
import type { chartRoutes } from './account.routes.ts'

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
  return (
    <SearchSelect
      aria-label={t('field.account')}
      placeholder={t('entry.chooseAccount')}
      data={groups}
      value={value}
      onChange={onChange}
      error={error}
      isBehind={isPending}
      openOnFocus={false}
      maxDropdownHeight={320}
    />
  )
}
