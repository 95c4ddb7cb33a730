import { Button, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { newId } from '#kit/id.ts'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import classes from './dialogs.module.css'

interface Found {
  readonly id: string
  readonly name: string
  readonly phones: readonly string[]
  readonly customerGroup?: string | null
}
type Find = {
  'GET /parties/find': { __input?: { q: string; role?: string }; __output?: { rows: Found[] } }
  'POST /parties': { __input?: Record<string, unknown>; __output?: { id: string } }
}

/** Finds a customer by name or phone, or adds one with what was typed. */
export function CustomerPicker({
  onPick,
  onClose,
}: {
  onPick: (customer: { id: string; name: string; group?: string | null }) => void
  onClose: () => void
}) {
  const t = useT()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const { data, isFetching } = useQuery({ ...api<Find>()('GET /parties/find', { q }), enabled: q.length > 0 })
  const choices = useRef<HTMLDivElement>(null)
  const isWanted = useRef(false)
  const add = useCommand<Find>()('POST /parties')
  const isPhone = /^[+\d][\d\s-]{5,}$/.test(q)
  const pick = (row: Found) => onPick({ id: row.id, name: row.name, group: row.customerGroup ?? null })
  // Enter takes the only one there is; of several, or when there is none, it goes on to them. It waits for the answer.
  const isBehind = text.trim() !== q || isFetching
  const goOn = () => {
    if (!isWanted.current || isBehind) return
    isWanted.current = false
    const [only, ...others] = data?.rows ?? []
    if (only && others.length === 0) pick(only)
    else choices.current?.querySelector('button')?.focus()
  }
  useEffect(goOn)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && text.trim() !== '') {
      isWanted.current = true
      goOn()
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')]
    stops[stops.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
  }
  const create = async () => {
    const id = newId()
    const done = await add.run({ id, name: q, ...(isPhone && { phones: [q] }) })
    if (done) onPick({ id, name: q })
  }
  return (
    <Window onClose={onClose} title={t('till.customer')} size="sm">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the field and the buttons hear the keys */}
      <Stack gap="xs" onKeyDown={onKeyDown}>
        <TextInput
          data-autofocus
          size="md"
          placeholder={t('till.customerSearch')}
          aria-label={t('till.customerSearch')}
          value={text}
          onChange={(event) => {
            isWanted.current = false
            setText(event.currentTarget.value)
          }}
        />
        <Stack gap="xs" ref={choices}>
          <div className={classes.list}>
            {data?.rows.map((row) => (
              <button key={row.id} type="button" className={classes.row} onClick={() => pick(row)}>
                <b>{row.name}</b>
                <span dir="ltr">{row.phones[0]}</span>
              </button>
            ))}
            {q && data?.rows.length === 0 && (
              <p className={classes.note}>
                <T k="till.noSuchCustomer" />
              </p>
            )}
          </div>
          {q.length > 2 && (
            <Button
              variant="light"
              leftSection={<IconUserPlus size={17} />}
              loading={add.isRunning}
              onClick={() => void create()}
            >
              {t('till.addCustomer', { name: q })}
            </Button>
          )}
        </Stack>
      </Stack>
    </Window>
  )
}
