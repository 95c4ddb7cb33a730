import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isDay } from '#kit/day.ts'
import { newId } from '#kit/id.ts'
import { minor } from '#kit/money.ts'
import { ActReview } from '#kit/web/review/ActReview.tsx'
import { DayInput } from '#kit/web/input/DayInput.tsx'
import { AmountInput } from '#kit/web/input/figures.tsx'
import { businessDayIn } from '#kit/web/session/period.ts'
import { PostingForm } from '#kit/web/review/PostingForm.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { purchase } from './purchase.ts'
import classes from './purchase.module.css'

interface Of {
  readonly row: Readonly<Record<string, unknown>> & { readonly id: string }
  readonly lines: readonly Readonly<Record<string, unknown>>[]
  readonly bills: readonly { readonly net: string; readonly tax: string; readonly reversedAt: string | null }[]
}

/** The supplier's invoice: its number, its day, what it asks for. It begins with what came and has no invoice yet. */
export function Bill({ of: { row, lines, bills }, onClose }: { of: Of; onClose: () => void }) {
  const t = useT()
  const { clock } = useSession()
  const [bill] = useState(newId)
  const [isReviewing, setReviewing] = useState(false)
  const [begun] = useState(() => leftToBill(lines, bills))
  const [values, setValues] = useState<Values>({ number: '', dated: businessDayIn(clock), dueOn: null, ...begun })
  const set = (more: Partial<Values>) => setValues((before) => ({ ...before, ...more }))
  const { number, dated, dueOn, net, tax } = values
  const isRight = number.trim() !== '' && isDay(dated) && isWhole(net) && isWhole(tax)
  const input = { id: row.id, bill, number: number.trim(), dated, dueOn, net, tax }
  if (isReviewing)
    return (
      <ActReview
        route={`POST ${purchase.path}/:id/bill`}
        input={input}
        title={t('bill.title', { number: number.trim() })}
        action={t('bill.post')}
        touches={['sourcing', 'ledger', 'accounts']}
        onDone={onClose}
        onClose={() => setReviewing(false)}
      />
    )
  return (
    <Window onClose={onClose} title={t('bill.enter')} size="md">
      <PostingForm onPost={() => isRight && setReviewing(true)} className={classes.form}>
        <TextInput
          label={t('bill.number')}
          data-autofocus
          required
          withAsterisk={false}
          maxLength={60}
          autoComplete="off"
          value={number}
          onChange={(event) => set({ number: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <DayInput label={t('bill.dated')} value={dated} onChange={(day) => set({ dated: day })} />
          <DayInput label={t('bill.dueOn')} value={dueOn} onChange={(day) => set({ dueOn: day })} />
        </div>
        <div className={classes.pair}>
          <AmountInput label={t('field.net')} value={net} onChange={(value) => set({ net: value })} />
          <AmountInput label={t('field.tax')} value={tax} onChange={(value) => set({ tax: value })} />
        </div>
        <Group justify="space-between" mt="md">
          <span>
            <T k="field.total" /> {isWhole(net) && isWhole(tax) && <Amount of={BigInt(net) + BigInt(tax)} />}
          </span>
          <Button type="submit" disabled={!isRight}>
            {t('bill.review')}
          </Button>
        </Group>
      </PostingForm>
    </Window>
  )
}

interface Values {
  readonly number: string
  readonly dated: string | null
  readonly dueOn: string | null
  readonly net: string | null
  readonly tax: string | null
}

const isWhole = (text: string | null): text is string => text !== null && /^\d{1,14}$/.test(text)

/** What came at the order's prices, less what earlier invoices asked for. */
export function leftToBill(lines: Of['lines'], bills: Of['bills']): { net: string; tax: string } {
  const came = (name: 'net' | 'tax') =>
    lines.reduce((all, line) => {
      const [quantity, received, amount] = [line['quantity'], line['received'], line[name] ?? 0].map((one) => BigInt(String(one)))
      return quantity === 0n ? all : all + (amount! * received!) / quantity!
    }, 0n)
  const valid = bills.filter((one) => one.reversedAt === null)
  const billed = (name: 'net' | 'tax') => valid.reduce((all, one) => all + BigInt(one[name]), 0n)
  const left = (name: 'net' | 'tax') => String(minor(came(name) > billed(name) ? came(name) - billed(name) : 0n))
  return { net: left('net'), tax: left('tax') }
}
