import { ActionIcon, Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBasketOff, IconUser, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { sum } from '#kit/money.ts'
import { QTY_ONE } from '#kit/quantity.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Finder, type Findable } from '#kit/web/document/Finder.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { EmptyState, Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import { PostingForm } from '#kit/web/review/PostingForm.tsx'
import { givesBack, type ReturnableLine } from '../back/back.rules.ts'
import type { backRoutes } from '../back/back.routes.ts'
import { CustomerPicker } from '../selling/CustomerPicker.tsx'
import type { TillFacts } from '../till/facts.rules.ts'
import { HowMany, Where, Why } from './parts.tsx'
import classes from './returning.module.css'

interface Found extends Findable {
  readonly sku: string
  readonly unit: string | null
  readonly decimals: number
  /** How much one scan of its code stands for, in millionths. */
  readonly scanned: string
  /** The cheapest that somebody bought it; nothing where nobody did. */
  readonly paid: Pick<ReturnableLine, 'quantity' | 'net' | 'tax'> | null
}
interface Chosen {
  readonly of: Found
  readonly quantity: bigint
  readonly disposition: string
}

const worth = ({ of, quantity }: Chosen) =>
  of.paid
    ? givesBack({ id: of.id, discount: '0', before: { gone: '0', total: '0', tax: '0', discount: '0' }, ...of.paid }, quantity)
    : sum([])

/** Goods without a receipt: whose they are, what comes back, and the store credit that is given for it. */
export function Without({ facts }: { facts: TillFacts }) {
  const t = useT()
  const go = useGo()
  const [id] = useState(newId)
  const [customer, setCustomer] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const [isPicking, setPicking] = useState(false)
  const [lines, setLines] = useState<readonly Chosen[]>([])
  const [reason, setReason] = useState('unwanted')
  const [note, setNote] = useState('')
  const run = useCommand<typeof backRoutes>()('POST /pos/returns/without-receipt', {
    quiet: true,
    touches: ['pos', 'returns', 'inventory', 'accounts', 'entries', 'board'],
  })
  const set = (variant: string, to: Partial<Chosen>) =>
    setLines((before) => before.map((one) => (one.of.id === variant ? { ...one, ...to } : one)))
  const add = (of: Found, isScan: boolean) => {
    if (!of.paid) return notifications.show({ color: 'red', message: t('back.unbought', { name: of.name }) })
    const more = isScan ? BigInt(of.scanned) : QTY_ONE
    setLines((before) =>
      before.some((one) => one.of.id === of.id)
        ? before.map((one) => (one.of.id === of.id ? { ...one, quantity: one.quantity + more } : one))
        : [...before, { of, quantity: more, disposition: 'shelf' }],
    )
  }
  const picked = lines.filter((one) => one.quantity > 0n)
  const due = sum(picked.map(worth))
  const isReady = customer !== null && picked.length > 0
  const give = async () => {
    if (!isReady) return
    const sent = {
      id,
      till: facts.till.id,
      customer: customer.id,
      lines: picked.map(({ of, quantity, disposition }) => ({ variant: of.id, quantity: String(quantity), disposition })),
      reason,
      due: String(due),
      ...(note.trim() && { note: note.trim() }),
    }
    const done = await run.run(sent as never)
    if (done) go(`/returns/${id}`, { replace: true })
  }
  return (
    <PostingForm onPost={() => void give()}>
      {run.problem && <ProblemNote of={run.problem} />}
      <Panel>
        <Button
          variant={customer ? 'default' : 'light'}
          size="md"
          mb="md"
          type="button"
          leftSection={<IconUser size={18} aria-hidden />}
          onClick={() => setPicking(true)}
        >
          {customer ? <bdi>{customer.name}</bdi> : t('back.whose')}
        </Button>
        <Finder<Found>
          route="GET /pos/bought"
          input={{ till: facts.till.id }}
          hint={(row) => row.sku}
          end={(row) => row.paid && <Amount of={worth({ of: row, quantity: QTY_ONE, disposition: 'shelf' })} plain />}
          onFound={add}
        />
      </Panel>
      <Panel flush title={t('back.goods')}>
        {lines.length === 0 ? (
          <EmptyState icon={IconBasketOff} title={t('back.noArticle')}>
            <T k="back.noGoods" />
          </EmptyState>
        ) : (
          <ul className={classes.lines}>
            {lines.map((line) => (
              <li key={line.of.id} data-chosen={line.quantity > 0n || undefined}>
                <span className={classes.what}>
                  <bdi>{line.of.name}</bdi>
                  <small>
                    <Amount of={worth(line)} plain />
                  </small>
                </span>
                <HowMany
                  name={line.of.name}
                  unit={line.of.unit}
                  isWhole={line.of.decimals === 0}
                  quantity={line.quantity}
                  onChange={(quantity) => set(line.of.id, { quantity })}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={40}
                  aria-label={t('lines.remove', { name: line.of.name })}
                  onClick={() => setLines((before) => before.filter((one) => one.of.id !== line.of.id))}
                >
                  <IconX size={17} />
                </ActionIcon>
                <Where value={line.disposition} onChange={(disposition) => set(line.of.id, { disposition })} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel>
        <div className={classes.why}>
          <Why reason={reason} note={note} onReason={setReason} onNote={setNote} />
        </div>
      </Panel>
      <div className={classes.foot}>
        <Group grow className={classes.main ?? ''}>
          <Button type="submit" size="lg" disabled={!isReady} loading={run.isRunning}>
            {t('back.credit', { amount: String(due) })}
          </Button>
        </Group>
      </div>
      {isPicking && (
        <CustomerPicker
          onPick={(one) => {
            setCustomer(one)
            setPicking(false)
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </PostingForm>
  )
}
