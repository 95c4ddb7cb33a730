import { Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconReceiptOff, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { api } from '#kit/web/base/api.ts'
import { T, useT } from '#kit/web/base/words.tsx'
import { Amount, Instant, StateBadge } from '#kit/web/entity/values.tsx'
import { EmptyState, Panel, Problem } from '#kit/web/look/parts.tsx'
import { sale } from '../sale/sale.ts'
import type { backRoutes } from '../back/back.routes.ts'
import classes from './returning.module.css'

/** A receipt by its number, its customer or a payment; scanned, typed, or picked among the newest. */
export function FindReceipt({ onFound }: { onFound: (id: string) => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const { data, error, isFetching, refetch } = useQuery(api<typeof backRoutes>()('GET /pos/receipts', { q }))
  const list = useRef<HTMLUListElement>(null)
  const isWanted = useRef(false)
  const rows = data?.rows ?? []
  // A scanner ends with Enter before the answer is there: it waits for it, and opens the only one there is.
  const isBehind = text.trim() !== q || isFetching
  useEffect(() => {
    if (!isWanted.current || isBehind) return
    isWanted.current = false
    const [only, ...others] = rows
    if (only && others.length === 0) onFound(only.id)
    else list.current?.querySelector('button')?.focus()
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && text.trim() !== '') isWanted.current = true
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, ul button')]
    stops[stops.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
  }
  return (
    <div onKeyDown={onKeyDown} role="search">
      <TextInput
        size="md"
        mb="md"
        autoFocus
        label={t('back.find')}
        leftSection={<IconSearch size={18} aria-hidden />}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          isWanted.current = false
        }}
      />
      {error && !data ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : !data ? (
        <Skeleton h={220} />
      ) : rows.length === 0 ? (
        <EmptyState icon={IconReceiptOff} title={t('back.noReceipt')}>
          <T k="back.noReceiptHint" />
        </EmptyState>
      ) : (
        <Panel flush title={t('back.found')}>
          <ul className={classes.found} ref={list}>
            {rows.map((one) => (
              <li key={one.id}>
                <button type="button" onClick={() => onFound(one.id)}>
                  <span>
                    <b>
                      <bdi>{one.number}</bdi>
                    </b>
                    <small>
                      <Instant of={one.completedAt} />
                      {one.customer && (
                        <>
                          {' · '}
                          <bdi>{one.customer}</bdi>
                        </>
                      )}
                    </small>
                  </span>
                  {one.state === 'voided' && <StateBadge state={one.state} entity={sale} />}
                  <Amount of={one.total} />
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <span role="status" className={classes.unseen}>
        {data && q !== '' && <T k="back.found" />}
      </span>
    </div>
  )
}
