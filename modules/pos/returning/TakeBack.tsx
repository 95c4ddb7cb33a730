import { Button, Group, Select, Skeleton } from '@mantine/core'
import { IconArrowsExchange, IconReceiptOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { minor, sum } from '#kit/money.ts'
import { QTY_ONE } from '#kit/quantity.ts'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { useGo } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Amount, Day } from '#kit/web/entity/values.tsx'
import { EmptyState, Panel, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { PostingForm } from '#kit/web/review/PostingForm.tsx'
import { businessDayIn } from '#kit/web/session/period.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { coinsOf } from '#modules/payments/method/settle.rules.ts'
import { isLate } from '#modules/returns/return/return.rules.ts'
import { putIntoBasket } from '../selling/useDraft.tsx'
import { methodName, type TillFacts } from '../till/facts.rules.ts'
import { backSent, givesBack, settleBack, type BackDraft, type ReturnableLine } from '../back/back.rules.ts'
import type { backRoutes } from '../back/back.routes.ts'
import { HowMany, Where, Why } from './parts.tsx'
import classes from './returning.module.css'

interface Line extends ReturnableLine {
  readonly name: string
  readonly unit: string | null
  readonly decimals: number
  readonly days: number | null
}
interface Returnable {
  readonly number: string
  readonly state: string
  readonly businessDay: string
  readonly returnDays: number | null
  readonly owed: string
  readonly given: string
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly lines: readonly Line[]
  readonly took: readonly (BackDraft['took'][number] & { readonly name: string; readonly seed: string | null })[]
}

/** What comes back of a receipt, why, where it goes, and how the money goes back; or it goes into an exchange. */
export function TakeBack({ sale, facts, onDone }: { sale: string; facts: TillFacts | undefined; onDone: () => void }) {
  const { data, error, refetch } = useQuery({
    ...api<typeof backRoutes>()('GET /pos/sales/:id/returnable', { id: sale }),
    staleTime: 0,
  })
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  if (!data || !facts?.shift) return <Skeleton h={320} />
  return <Choose sale={sale} of={data as unknown as Returnable} facts={facts} onDone={onDone} onStale={() => void refetch()} />
}

interface ChooseProps {
  readonly sale: string
  readonly of: Returnable
  readonly facts: TillFacts
  readonly onDone: () => void
  readonly onStale: () => void
}

function Choose({ sale, of, facts, onDone, onStale }: ChooseProps) {
  const t = useT()
  const go = useGo()
  const format = useFormat()
  const { clock } = useSession()
  useCrumb(of.number)
  const [id] = useState(newId)
  const [chosen, setChosen] = useState<Readonly<Record<string, bigint>>>({})
  const [places, setPlaces] = useState<Readonly<Record<string, string>>>({})
  const [reason, setReason] = useState<string>('unwanted')
  const [note, setNote] = useState('')
  const [way, setWay] = useState<string | null>(null)
  const run = useCommand<typeof backRoutes>()('POST /pos/returns', {
    quiet: true,
    touches: ['pos', 'returns', 'inventory', 'accounts', 'entries', 'board'],
  })
  const leftOf = (line: Line) => BigInt(line.quantity) - BigInt(line.before.gone)
  const lines = of.lines.filter((line) => leftOf(line) > 0n)
  if (of.state === 'voided' || lines.length === 0)
    return <EmptyState icon={IconReceiptOff} title={t(of.state === 'voided' ? 'back.voided' : 'back.nothingLeft')} />

  const set = (line: Line, quantity: bigint) => {
    const left = leftOf(line)
    const kept = quantity < 0n ? 0n : quantity > left ? left : quantity
    setChosen((before) => ({ ...before, [line.id]: kept }))
  }
  const picked = lines.flatMap((line) => {
    const quantity = chosen[line.id] ?? 0n
    return quantity > 0n ? [{ line, quantity, total: givesBack(line, quantity) }] : []
  })
  const chosenWay = way === null ? undefined : facts.methods.find((one) => one.id === way)
  const due = minor(BigInt(of.owed) - BigInt(of.given) + sum(picked.map((one) => one.total)))
  const back: BackDraft = {
    id,
    sale,
    number: of.number,
    reason,
    lines: picked.map(({ line, quantity, total }) => ({
      line: line.id,
      name: line.name,
      unit: line.unit,
      quantity: String(quantity),
      disposition: places[line.id] ?? 'shelf',
      total: String(total),
    })),
    due: String(due),
    took: of.took.map(({ tender, method, kind, left }) => ({ tender, method, kind, left })),
    ...(chosenWay && { way: { method: chosenWay.id, kind: chosenWay.kind } }),
  }
  const { plan, total } = settleBack(back, minor(0), coinsOf(facts.currency))
  const isReady = picked.length > 0 && plan.rest === 0n
  const isLateLine = (line: Line) => isLate(of.businessDay, businessDayIn(clock), { category: line.days, place: of.returnDays })
  const nameOf = (method: string) => {
    const found = of.took.find((one) => one.method === method) ?? facts.methods.find((one) => one.id === method)
    return found ? methodName(t, found) : ''
  }
  const give = async () => {
    if (!isReady) return
    const sent = { ...backSent(back, total), till: facts.till.id, ...(note.trim() && { note: note.trim() }) }
    const done = await run.run(sent as never)
    if (done) go(`/returns/${id}`, { replace: true })
  }
  const exchange = () => {
    putIntoBasket(facts.till.id, back, of.customer)
    onDone()
    go('/pos/sell')
  }
  return (
    <PostingForm onPost={() => void give()}>
      <p className={classes.of}>
        <bdi>{of.number}</bdi> · <Day of={of.businessDay} />
        {of.customer && (
          <>
            {' · '}
            <bdi>{of.customer.name}</bdi>
          </>
        )}
      </p>
      {run.problem && (
        <>
          <ProblemNote of={run.problem} />
          <Button variant="light" mb="md" type="button" onClick={onStale}>
            {t('till.refresh')}
          </Button>
        </>
      )}
      <Panel flush title={t('back.goods')}>
        <ul className={classes.lines}>
          {lines.map((line) => {
            const quantity = chosen[line.id] ?? 0n
            const left = leftOf(line)
            return (
              <li key={line.id} data-chosen={quantity > 0n || undefined}>
                <span className={classes.what}>
                  <bdi>{line.name}</bdi>
                  <small>
                    {t('back.of', { n: format.measured(left, line.unit) })}
                    {' · '}
                    <Amount of={givesBack(line, left)} plain />
                  </small>
                  {quantity > 0n && isLateLine(line) && (
                    <small className={classes.late}>
                      <T k="back.late" />
                    </small>
                  )}
                </span>
                <HowMany
                  name={line.name}
                  unit={line.unit}
                  isWhole={line.decimals === 0 && left % QTY_ONE === 0n}
                  quantity={quantity}
                  most={left}
                  onChange={(value) => set(line, value)}
                />
                {quantity > 0n && (
                  <Where
                    value={places[line.id] ?? 'shelf'}
                    onChange={(value) => setPlaces((before) => ({ ...before, [line.id]: value }))}
                  />
                )}
              </li>
            )
          })}
        </ul>
      </Panel>
      <Panel>
        <div className={classes.why}>
          <Why reason={reason} note={note} onReason={setReason} onNote={setNote} />
          <Select
            label={t('back.way')}
            description={way === null ? undefined : t('back.otherWayHint')}
            allowDeselect={false}
            value={way ?? ''}
            onChange={(value) => setWay(value === '' ? null : value)}
            data={[
              { value: '', label: t('back.usualWay') },
              ...facts.methods
                .filter((one) => one.kind !== 'credit' || of.customer)
                .map((one) => ({ value: one.id, label: methodName(t, one) })),
            ]}
          />
        </div>
        {picked.length > 0 && (
          <ul className={classes.ways} aria-live="polite">
            {plan.parts.map((one, index) => (
              <li key={index}>
                {nameOf(one.method)}
                <Amount of={one.amount} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <div className={classes.foot}>
        <Button
          variant="default"
          size="lg"
          type="button"
          disabled={picked.length === 0}
          leftSection={<IconArrowsExchange size={19} />}
          title={t('back.exchangeHint')}
          onClick={exchange}
        >
          {t('back.exchange')}
        </Button>
        <Group grow className={classes.main ?? ''}>
          <Button type="submit" size="lg" disabled={!isReady} loading={run.isRunning}>
            {t('back.give', { amount: String(total) })}
          </Button>
        </Group>
      </div>
    </PostingForm>
  )
}
