import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBarcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type KeyboardEvent } from 'react'
import { api, call, type Wire } from '#kit/web/api.ts'
import { Quantity } from '#kit/web/values.tsx'
import { useT } from '#kit/web/words.tsx'
import type { stockRoutes } from '../stock/stock.routes.ts'
import classes from './goods.module.css'

const goods = (input: { location: string; q: string }) => api<typeof stockRoutes>('inventory')('GET /inventory/goods', input)
export type FoundGoods = Wire<Awaited<ReturnType<ReturnType<typeof goods>['queryFn']>>['rows'][number]>

/** Finds goods by scanner or by name. Enter takes what is meant exactly, else the marked suggestion. */
export function GoodsSearch({
  location,
  showsStock,
  onFound,
}: {
  location: string
  /** A count is blind. */
  showsStock: boolean
  onFound: (found: FoundGoods, isScan: boolean) => void
}) {
  const t = useT()
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 150)
  const [missing, setMissing] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const { data } = useQuery({ ...goods({ location, q: asked }), enabled: asked !== '', placeholderData: (before) => before })
  const rows = asked === '' ? [] : ((data?.rows ?? []) as FoundGoods[])
  const take = (found: FoundGoods, isScan: boolean) => {
    onFound(found, isScan)
    setTyped('')
    setMissing(null)
    box.closeDropdown()
    field.current?.focus()
  }
  /** A scanner is faster than the suggestions, so its Enter asks for itself. */
  const enter = async (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || typed.trim() === '') return
    event.preventDefault()
    if (box.getSelectedOptionIndex() >= 0) return
    const q = typed.trim()
    const { rows: found } = await call<{ rows: FoundGoods[] }>('GET /inventory/goods', { location, q })
    const exact = found.filter((one) => one.exact)
    if (exact.length === 1) take(exact[0]!, true)
    else if (found.length === 1) take(found[0]!, false)
    else if (found.length === 0) setMissing(q)
    else box.openDropdown()
  }
  return (
    <Combobox
      store={box}
      onOptionSubmit={(id) => {
        const found = rows.find((row) => row.id === id)
        if (found) take(found, false)
      }}
    >
      <Combobox.Target>
        <TextInput
          ref={field}
          className={classes.search ?? ''}
          label={t('goods.search')}
          leftSection={<IconBarcode size={18} />}
          placeholder={t('till.search')}
          autoComplete="off"
          value={typed}
          error={missing ? t('till.unknownCode', { code: missing }) : undefined}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setMissing(null)
            box.openDropdown()
          }}
          onKeyDown={(event) => void enter(event)}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={rows.length === 0}>
        <Combobox.Options>
          {rows.map((row) => (
            <Combobox.Option key={row.id} value={row.id}>
              <span className={classes.option}>
                <span>
                  {row.name} <small>{row.sku}</small>
                </span>
                {showsStock && <Quantity of={row.onHand} />}
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
