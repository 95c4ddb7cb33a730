import { Button, Select, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { newId } from '#kit/id.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { QuantityInput } from '#kit/web/input/figures.tsx'
import { InstantInput } from '#kit/web/input/DayInput.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { stockRoutes } from './stock.routes.ts'

interface Shelf {
  readonly location: string
  readonly name: string
  /** Millionths that are neither sold nor promised. */
  readonly free: bigint
}

const DAY = 86_400_000

/** Puts goods aside for somebody, until they come for them. */
export function PutAside({ variant, shelves, onClose }: { variant: string; shelves: readonly Shelf[]; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const [id] = useState(newId)
  const [location, setLocation] = useState<string | null>(shelves[0]?.location ?? null)
  const [quantity, setQuantity] = useState<string | null>('1000000')
  const [customer, setCustomer] = useState<string | null>(null)
  const [until, setUntil] = useState<string | null>(() => new Date(Date.now() + DAY).toISOString())
  const [note, setNote] = useState('')
  const run = useCommand<typeof stockRoutes>()('POST /inventory/reservations', {
    quiet: true,
    done: 'stock.putAsideDone',
    onDone: onClose,
    touches: ['catalog'],
  })
  const isRight = location !== null && quantity !== null && /^[1-9]\d{0,14}$/.test(quantity)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isRight)
      void run.run({
        id,
        variant,
        location,
        quantity: quantity as never,
        customer,
        until: until as never,
        note: note.trim() || null,
      })
  }
  return (
    <Window onClose={onClose} title={t('stock.putAside')} size="sm">
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          {run.problem && <ProblemNote of={run.problem} />}
          <Select
            label={t('field.location')}
            required
            allowDeselect={false}
            data={shelves.map((one) => ({ value: one.location, label: `${one.name} · ${format.quantity(one.free)}` }))}
            value={location}
            onChange={setLocation}
          />
          <QuantityInput data-autofocus label={t('field.quantity')} required value={quantity} onChange={setQuantity} />
          <RefPicker to="party" label={t('field.customer')} value={customer} onChange={setCustomer} />
          <InstantInput label={t('stock.until')} description={t('stock.untilHint')} value={until} onChange={setUntil} />
          <TextInput
            label={t('field.note')}
            value={note}
            maxLength={200}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!isRight} loading={run.isRunning}>
            {t('stock.putAside')}
          </Button>
        </Stack>
      </form>
    </Window>
  )
}
