import {
  getOptionsLockup,
  getParsedComboboxData,
  isOptionsGroup,
  MultiSelect,
  Select,
  type ComboboxItem,
  type MultiSelectProps,
  type OptionsFilter,
  type SelectProps,
} from '@mantine/core'
import { useEffect, useMemo, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'
import { foldText, hasWords } from '../../fold.ts'
import { useT } from '../base/words.tsx'

export interface SearchSelectProps extends Omit<SelectProps, 'searchable' | 'onDropdownOpen' | 'onDropdownClose'> {
  /** What is shown does not answer what is typed yet: Enter waits for it. */
  readonly isBehind?: boolean
}

/**
 * Chooses one by typing a part of its name. Enter and leaving take the first that matches, so nobody sends a form with what stood
 * there before; Enter never sends it. What matches nothing is said when the field is left, and the choice stays.
 */
export function SearchSelect({
  value = null,
  onChange,
  data,
  filter = byWords,
  isBehind = false,
  error,
  ...rest
}: SearchSelectProps) {
  const t = useT()
  const [ownSearch, setOwnSearch] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [unmatched, setUnmatched] = useState<string | null>(null)
  const isArrowed = useRef(false)
  const isWaiting = useRef(false)
  const options = useMemo(() => getParsedComboboxData<string>(data), [data])
  const label = useMemo(() => (value === null ? '' : (getOptionsLockup(options)[value]?.label ?? '')), [options, value])
  const search = rest.searchValue ?? ownSearch
  const isTyped = search.trim() !== label.trim()
  const setSearch = (text: string) => {
    isArrowed.current = false
    isWaiting.current = false
    if (text !== label) setUnmatched(null)
    setOwnSearch(text)
    rest.onSearchChange?.(text)
  }
  const matching = () =>
    filter({ options, search, limit: Number.POSITIVE_INFINITY })
      .flatMap((one) => (isOptionsGroup(one) ? one.items : [one]))
      .find((one) => !one.disabled) as ComboboxItem | undefined
  const take = (found: ComboboxItem | null) => {
    setOpen(false)
    setUnmatched(null)
    setSearch(found?.label ?? '')
    if ((found?.value ?? null) !== value) onChange?.(found?.value ?? null, found as ComboboxItem)
  }
  const takeTyped = () => {
    const found = search.trim() === '' ? (rest.clearable ? null : undefined) : matching()
    if (found !== undefined) take(found)
    return found !== undefined
  }
  useEffect(() => {
    if (!isWaiting.current || isBehind) return
    isWaiting.current = false
    takeTyped()
  })
  const onKeyDownCapture = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') isArrowed.current = true
    if (event.key === 'Escape' && isTyped) setSearch(label)
    const isPlain = event.key === 'Enter' && !event.nativeEvent.isComposing && !event.ctrlKey && !event.metaKey
    if (!isPlain || (!isOpen && !isTyped) || (isOpen && isArrowed.current)) return
    event.preventDefault()
    event.stopPropagation()
    if (!isTyped) setOpen(false)
    else if (isBehind) isWaiting.current = true
    else takeTyped()
  }
  const onBlur = (event: FocusEvent<HTMLInputElement>) => {
    rest.onBlur?.(event)
    // Another window came to the front: the field keeps the focus, and nobody has left it.
    if (!isTyped || document.activeElement === event.currentTarget) return
    if ((isBehind || !takeTyped()) && search.trim() !== '') setUnmatched(search.trim())
  }
  return (
    <Select
      nothingFoundMessage={isBehind ? undefined : t('list.nothingFound')}
      {...rest}
      error={error || (unmatched !== null && t('form.notInList', { text: unmatched }))}
      data={data ?? []}
      value={value}
      onChange={(next, option) => {
        setUnmatched(null)
        onChange?.(next, option)
      }}
      filter={filter}
      searchable
      selectFirstOptionOnChange
      searchValue={search}
      onSearchChange={setSearch}
      dropdownOpened={isOpen}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => {
        isArrowed.current = false
        setOpen(false)
      }}
      onKeyDownCapture={onKeyDownCapture}
      // What is typed replaces what stands there.
      onFocus={(event) => {
        event.currentTarget.select()
        rest.onFocus?.(event)
      }}
      onClick={(event) => {
        if (!isTyped) event.currentTarget.select()
        rest.onClick?.(event)
      }}
      onBlur={onBlur}
    />
  )
}

export interface SearchMultiSelectProps extends Omit<MultiSelectProps, 'searchable' | 'onSearchChange'> {
  readonly isBehind?: boolean
  readonly onSearchChange?: (text: string) => void
}

/** Several, by typing parts of their names. Enter takes the marked one, which is the first that matches; it never sends the form. */
export function SearchMultiSelect({ isBehind = false, filter = byWords, ...rest }: SearchMultiSelectProps) {
  const t = useT()
  const onKeyDownCapture = (event: KeyboardEvent<HTMLInputElement>) => {
    const isBusy = event.currentTarget.value.trim() !== '' || event.currentTarget.getAttribute('aria-expanded') === 'true'
    if (event.key !== 'Enter' || !isBusy) return
    event.preventDefault()
    if (isBehind) event.stopPropagation()
  }
  return (
    <MultiSelect
      nothingFoundMessage={isBehind ? undefined : t('list.nothingFound')}
      {...rest}
      filter={filter}
      searchable
      selectFirstOptionOnChange
      onKeyDownCapture={onKeyDownCapture}
    />
  )
}

/** Word by word, accents and forms of letters aside; what begins with the text comes first. */
const byWords: OptionsFilter = ({ options, search, limit }) => {
  const begins = (label: string) => foldText(label).startsWith(foldText(search.trim()))
  const found = (items: readonly ComboboxItem[]) =>
    items.filter(({ label }) => hasWords(label, search)).toSorted((a, b) => Number(begins(b.label)) - Number(begins(a.label)))
  if (!options.some(isOptionsGroup)) return found(options as ComboboxItem[]).slice(0, limit)
  return options.map((one) => (isOptionsGroup(one) ? { ...one, items: found(one.items) } : one))
}
