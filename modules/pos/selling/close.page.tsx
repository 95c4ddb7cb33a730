import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core'
import { IconBasket, IconLock, IconShoppingBag } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { AmountInput } from '#kit/web/input/figures.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { PageBody, PageHead, Panel } from '#kit/web/look/parts.tsx'
import { PostingForm } from '#kit/web/review/PostingForm.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { useGo, usePathParam } from '#kit/web/base/url.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { CloseReview } from './CloseReview.tsx'
import { Denominations, sumOf, type Counts } from '../shift/Denominations.tsx'
import { useDraft } from './useDraft.tsx'
import { methodName } from '../till/facts.rules.ts'
import type { shiftRoutes } from '../shift/shift.routes.ts'
import classes from './close.module.css'

const isAmount = (text: string | null): boolean => text !== null && /^\d{1,15}$/.test(text)

/** Counts the drawer blind, note by note, and closes the till; the difference is told afterwards. */
export default function CloseShiftPage() {
  const t = useT()
  const go = useGo()
  const { currency, may } = useSession()
  const id = usePathParam('id')
  const { data } = useSuspenseQuery(api<typeof shiftRoutes>()('GET /pos/shifts/:id', { id }))
  useCrumb(data.row.number)
  const [notes, setNotes] = useState<Counts | null>({})
  const [amount, setAmount] = useState<string | null>(null)
  const [others, setOthers] = useState<Readonly<Record<string, string | null>>>({})
  const [leaveParked, setLeaveParked] = useState(false)
  const [note, setNote] = useState('')
  const [isSure, setSure] = useState(false)
  const [basket, , emptyBasket] = useDraft(String(data.row['till']))
  const [isDropping, setDropping] = useState(false)
  const close = useCommand<typeof shiftRoutes>()('POST /pos/shifts/:id/close', {
    quiet: true,
    touches: ['pos', 'accounts', 'entries', 'board'],
  })
  const counted = notes ? String(sumOf(notes)) : amount
  const { parked, counted: methods } = data
  const counts = Object.entries(others).flatMap(([method, typed]) => (typed === null ? [] : [{ method, counted: typed }]))
  const isCounted = isAmount(counted) && counts.every((one) => isAmount(one.counted))
  const isRight = isCounted && (parked.length === 0 || leaveParked) && basket.lines.length === 0
  const ask = () => {
    if (isRight) setSure(true)
  }
  const submit = async () => {
    const done = await close.run({
      id,
      counted: counted as never,
      ...(notes && { denominations: notes }),
      ...(counts.length > 0 && { counts: counts as never }),
      ...(leaveParked && { leaveParked }),
      ...(note.trim() && { note: note.trim() }),
    })
    if (!done) return
    // A customer or a note without goods is not the next shift's either.
    emptyBasket()
    go(`/pos/shifts/${id}`, { replace: true })
  }
  const ways = () => {
    const { report } = data
    const rows = [
      { key: 'drawer', name: t('shift.drawer'), expected: report && BigInt(report.expected), counted: BigInt(counted ?? 0) },
    ]
    for (const one of counts) {
      const known = methods.find(({ method }) => method === one.method)
      const paid = report?.methods.find(({ method }) => method === one.method)
      const taken = report && BigInt(paid?.amount ?? 0) - BigInt(paid?.refunded ?? 0)
      rows.push({ key: one.method, name: known ? methodName(t, known) : '', expected: taken, counted: BigInt(one.counted) })
    }
    return rows
  }
  return (
    <PageBody narrow>
      <PageHead title={t('shift.closeTitle', { name: data.refs[String(data.row['till'])] ?? '' })} hint={t('shift.closeHint')} />
      <PostingForm onPost={ask}>
        <Panel>
          <Stack>
            {basket.lines.length > 0 && (
              <section className={classes.note}>
                <h2>
                  <IconBasket size={18} aria-hidden /> {t('shift.basketHere')}
                </h2>
                <p className={classes.parked}>
                  <bdi>{basket.lines.map((line) => line.name).join(' · ')}</bdi>
                </p>
                <p className={classes.parked}>
                  <T k="shift.basketText" />
                </p>
                <Group gap="xs">
                  {may('pos.sale.complete') && (
                    <LinkButton to="/pos/sell" variant="default">
                      {t('shift.toBasket')}
                    </LinkButton>
                  )}
                  <Button variant="default" c="var(--duka-bad)" onClick={() => setDropping(true)}>
                    {t('shift.dropBasket')}
                  </Button>
                </Group>
              </section>
            )}
            {parked.length > 0 && (
              <section className={classes.note}>
                <h2>
                  <IconShoppingBag size={18} aria-hidden /> {t('shift.parkedHere')}
                </h2>
                <p className={classes.parked}>
                  <bdi>{parked.join(' · ')}</bdi>
                </p>
                <p className={classes.parked}>
                  <T k="shift.parkedText" />
                </p>
                <Checkbox
                  label={t('shift.leaveParked')}
                  checked={leaveParked}
                  onChange={(event) => setLeaveParked(event.currentTarget.checked)}
                />
              </section>
            )}
            {notes ? (
              <Denominations currency={currency} counts={notes} onChange={setNotes} />
            ) : (
              <AmountInput autoFocus size="lg" label={t('field.counted')} value={amount} onChange={setAmount} />
            )}
            <Button variant="subtle" size="compact-sm" type="button" onClick={() => setNotes(notes ? null : {})}>
              {t(notes ? 'till.typeAmount' : 'till.countNotes')}
            </Button>
            {methods.length > 0 && (
              <fieldset className={classes.others}>
                <legend>{t('shift.otherMoney')}</legend>
                <p className={classes.hint}>{t('shift.otherMoneyHint')}</p>
                {methods.map((one) => (
                  <AmountInput
                    key={one.method}
                    label={methodName(t, one)}
                    value={others[one.method] ?? null}
                    onChange={(value) => setOthers((now) => ({ ...now, [one.method]: value }))}
                  />
                ))}
              </fieldset>
            )}
            <Textarea
              label={t('field.note')}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={500}
              autosize
              minRows={2}
            />
            <Button type="submit" size="lg" disabled={!isRight} leftSection={<IconLock size={18} />}>
              {t('till.close')}
            </Button>
          </Stack>
        </Panel>
      </PostingForm>
      {isDropping && (
        <AskFirst
          title={t('shift.dropSure')}
          text={t('shift.dropText')}
          action={t('shift.dropBasket')}
          bad
          onYes={() => (emptyBasket(), setDropping(false))}
          onClose={() => setDropping(false)}
        />
      )}
      {isSure && (
        <CloseReview
          ways={ways()}
          isRunning={close.isRunning}
          problem={close.problem ?? null}
          onPost={() => void submit()}
          onClose={() => setSure(false)}
        />
      )}
    </PageBody>
  )
}
