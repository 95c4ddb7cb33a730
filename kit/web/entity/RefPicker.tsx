import type { ComboboxItem, OptionsFilter } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactNode } from 'react'
import { declaredEntities, type Entity } from '../../entity.ts'
import { hasWords } from '../../fold.ts'
import { entityTitle, type Refs, type RowsPage } from './entity.ts'
import { request, toQuery } from '../base/request.ts'
import { SearchMultiSelect, SearchSelect } from '../input/SearchSelect.tsx'
import { useSession } from '../session/session.tsx'
import { useT } from '../base/words.tsx'

interface Common {
  /** The table that is referred to, or the entity itself. */
  readonly to: string | Pick<Entity, 'table'>
  readonly label?: ReactNode
  readonly error?: ReactNode
  readonly required?: boolean
  readonly disabled?: boolean
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly 'aria-label'?: string
  /** Titles that are known already. */
  readonly refs?: Refs
  /** Narrows what may be chosen: `{ kind: 'storage' }`. */
  readonly filters?: Readonly<Record<string, string>>
}

export interface RefPickerProps extends Common {
  readonly value: string | null | undefined
  readonly onChange: (id: string | null, title?: string) => void
}

/** Chooses a record by typing a part of its name. */
export function RefPicker({ value, onChange, to, refs, filters, disabled, ...rest }: RefPickerProps) {
  const t = useT()
  const { options, search, setSearch, isBehind, filter } = useOptions(to, filters, value ? [value] : [], refs)
  return (
    <SearchSelect
      {...rest}
      disabled={disabled ?? false}
      data={options}
      value={value ?? null}
      onChange={(id) => onChange(id, options.find((option) => option.value === id)?.label)}
      // A form that begins with it must not lie under its list before anybody has touched anything.
      openOnFocus={!rest.autoFocus}
      clearable={!rest.required}
      searchValue={search}
      onSearchChange={setSearch}
      filter={filter}
      isBehind={isBehind}
      placeholder={rest.placeholder ?? t('form.search')}
    />
  )
}

/** Chooses several records. */
export function RefsPicker({
  value,
  onChange,
  to,
  refs,
  filters,
  disabled,
  ...rest
}: Common & { value: readonly string[]; onChange: (ids: string[]) => void }) {
  const t = useT()
  const { options, search, setSearch, isBehind, filter } = useOptions(to, filters, value, refs)
  return (
    <SearchMultiSelect
      {...rest}
      disabled={disabled ?? false}
      data={options}
      value={[...value]}
      onChange={onChange}
      hidePickedOptions
      searchValue={search}
      onSearchChange={setSearch}
      filter={filter}
      isBehind={isBehind}
      placeholder={rest.placeholder ?? t('form.search')}
    />
  )
}

function useOptions(to: Common['to'], filters: Common['filters'], chosen: readonly string[], refs: Refs = {}) {
  const target = declaredEntities.get(typeof to === 'string' ? to : to.table)
  const { may } = useSession()
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 200)
  const canSearch = (target?.search?.length ?? 0) > 0
  const titles = useTitles(target, chosen, refs)
  // The box shows the title of what is chosen: that is no search.
  const q = chosen.some((id) => titles[id] === wanted) ? '' : wanted
  const { data, isLoading, isPlaceholderData } = useQuery({
    queryKey: [target?.name ?? 'none', 'options', filters ?? {}, canSearch ? q : ''],
    queryFn: ({ signal }) =>
      request<RowsPage>(
        'GET',
        target!.path + toQuery({ ...filters, q: canSearch ? q : '', limit: canSearch ? 30 : 200 }),
        undefined,
        { signal },
      ),
    enabled: target !== undefined && may(target.can.read),
    placeholderData: (before) => before,
  })
  const { options, found } = useMemo(() => {
    const matching = (data?.rows ?? [])
      .map((row): [string, string] => [row.id, target ? entityTitle(target, row, data?.refs) : row.id])
      .filter(([, title]) => canSearch || hasWords(title, q))
    const all = new Map([...chosen.map((id): [string, string] => [id, titles[id] ?? '…']), ...matching])
    return { options: [...all].map(([value, label]) => ({ value, label })), found: new Set(matching.map(([id]) => id)) }
  }, [chosen, titles, data, target, canSearch, q])
  return {
    options,
    search,
    setSearch,
    // What is chosen is known to the box, but it is no answer to what is typed.
    filter: (({ options: all }) => (all as ComboboxItem[]).filter(({ value }) => found.has(value))) satisfies OptionsFilter,
    isBehind: search !== wanted || isLoading || isPlaceholderData,
  }
}

/** Titles of what is chosen; those that nobody told are asked for one by one, because there are few. */
export function useTitles(target: Entity | undefined, ids: readonly string[], refs: Refs): Refs {
  const missing = ids.filter((id) => !(id in refs))
  const { data } = useQuery({
    queryKey: [target?.name ?? 'none', 'titles', missing],
    queryFn: async ({ signal }) => {
      const rows = await Promise.all(
        missing.map((id) =>
          request<{ row: RowsPage['rows'][number]; refs: Refs }>('GET', `${target!.path}/${id}`, undefined, { signal }).catch(
            () => null,
          ),
        ),
      )
      return Object.fromEntries(
        rows.flatMap((one) => (one && target ? [[one.row.id, entityTitle(target, one.row, one.refs)]] : [])),
      )
    },
    enabled: target !== undefined && missing.length > 0,
  })
  return useMemo(() => ({ ...data, ...refs }), [data, refs])
}
