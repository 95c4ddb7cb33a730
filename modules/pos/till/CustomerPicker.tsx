import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/api.ts'
import { useCommand } from '#kit/web/command.tsx'
import { newId } from '#kit/id.ts'
import { T, useT } from '#kit/web/words.tsx'
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
  const { data } = useQuery({ ...api<Find>()('GET /parties/find', { q }), enabled: q.length > 0 })
  const add = useCommand<Find>()('POST /parties')
  const isPhone = /^[+\d][\d\s-]{5,}$/.test(q)
  const create = async () => {
    const id = newId()
    const done = await add.run({ id, name: q, ...(isPhone && { phones: [q] }) })
    if (done) onPick({ id, name: q })
  }
  return (
    <Modal opened onClose={onClose} title={t('till.customer')} size="sm">
      <Stack gap="xs">
        <TextInput
          data-autofocus
          size="md"
          placeholder={t('till.customerSearch')}
          aria-label={t('till.customerSearch')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={classes.list}>
          {data?.rows.map((row) => (
            <button
              key={row.id}
              type="button"
              className={classes.row}
              onClick={() => onPick({ id: row.id, name: row.name, group: row.customerGroup ?? null })}
            >
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
          <Button variant="light" leftSection={<IconUserPlus size={17} />} loading={add.isRunning} onClick={() => void create()}>
            {t('till.addCustomer', { name: q })}
          </Button>
        )}
      </Stack>
    </Modal>
  )
}
