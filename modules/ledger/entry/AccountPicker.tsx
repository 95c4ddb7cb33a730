import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '#kit/web/api.ts'
import { useT } from '#kit/web/words.tsx'
import { accountKinds } from '../account/account.ts'
import type { chartRoutes } from '../account/account.routes.ts'

/** Chooses an account by a part of its code or name. The whole chart is here already, so nothing is waited for. */
export function AccountPicker({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const t = useT()
  const { data, isPending } = useQuery(api<typeof chartRoutes>('ledger')('GET /accounts/chart', {}))
  const groups = useMemo(
    () =>
      accountKinds.map((kind) => ({
        group: t(`account.class.${kind}`),
        items: (data?.rows ?? [])
          .filter((row) => row.kind === kind && (!row.archivedAt || row.id === value))
          .map((row) => ({ value: row.id, label: `${row.code} ${row.name}` })),
      })),
    [data, t, value],
  )
  return (
    <Select
      aria-label={t('field.account')}
      placeholder={t('entry.chooseAccount')}
      data={groups}
      value={value}
      onChange={onChange}
      searchable
      selectFirstOptionOnChange
      nothingFoundMessage={t(isPending ? 'common.loading' : 'list.nothingFound')}
      maxDropdownHeight={320}
    />
  )
}
