import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { newId } from '#kit/id.ts'
import type { Minor } from '#kit/money.ts'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { Amount, Instant } from '#kit/web/entity/values.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { parkedRoutes } from '../parked/parked.routes.ts'
import type { Draft } from './draft.rules.ts'
import type { TillFacts } from '../till/facts.rules.ts'
import classes from './dialogs.module.css'

/** Puts the basket aside under a name, and takes up one that somebody put aside at any till of the store. */
export function Parked({
  draft,
  total,
  facts,
  onClose,
  onParked,
  onResume,
}: {
  draft: Draft
  total: Minor
  facts: TillFacts
  onClose: () => void
  onParked: () => void
  onResume: (basket: Draft) => void
}) {
  const t = useT()
  const [label, setLabel] = useState(draft.customer?.name ?? '')
  const { data } = useQuery(api<typeof parkedRoutes>()('GET /pos/parked', { place: facts.till.place }))
  const park = useCommand<typeof parkedRoutes>()('POST /pos/parked')
  const resume = useCommand<typeof parkedRoutes>()('POST /pos/parked/:id/resumption')
  const hasLines = draft.lines.length > 0
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const basket = draft
    const done = await park.run({
      id: newId(),
      till: facts.till.id,
      label: label.trim() || t('till.basketOf', { n: draft.lines.length }),
      basket,
      lines: draft.lines.length,
      total: String(total),
    } as never)
    if (!done) return
    onParked()
    onClose()
  }
  const take = async (id: string) => {
    const done = await resume.run({ id })
    if (!done) return
    const basket = done.basket as Draft
    // At its own till it stays the same, and what somebody agreed to for it holds; at another one it begins anew.
    onResume(done.till === facts.till.id ? basket : { ...basket, id: newId() })
    onClose()
  }
  return (
    <Window onClose={onClose} title={t(hasLines ? 'till.parkTitle' : 'till.parked')} size="sm">
      <Stack gap="md">
        {hasLines && (
          <form noValidate onSubmit={(event) => void submit(event)}>
            <Group align="flex-end" gap="xs">
              <TextInput
                flex={1}
                data-autofocus
                label={t('till.parkName')}
                placeholder={t('till.parkHint')}
                value={label}
                maxLength={80}
                onChange={(event) => setLabel(event.currentTarget.value)}
              />
              <Button type="submit" loading={park.isRunning}>
                {t('till.park')}
              </Button>
            </Group>
          </form>
        )}
        <div className={classes.list}>
          {data?.rows.map((row) => (
            <button
              key={row.id}
              type="button"
              className={classes.row}
              disabled={hasLines || resume.isRunning}
              onClick={() => void take(row.id)}
            >
              <span>
                <b>{row.label}</b> · {row.parkedByName} · <Instant of={row.parkedAt} ago />
              </span>
              <Amount of={row.total} />
            </button>
          ))}
          {data?.rows.length === 0 && (
            <p className={classes.note}>
              <T k="till.nothingParked" />
            </p>
          )}
          {hasLines && (data?.rows.length ?? 0) > 0 && (
            <p className={classes.note}>
              <T k="till.parkFirst" />
            </p>
          )}
        </div>
      </Stack>
    </Window>
  )
}
