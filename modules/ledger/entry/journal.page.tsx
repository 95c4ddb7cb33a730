import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { newId } from '#kit/id.ts'
import { useCommand } from '#kit/web/command.tsx'
import { useForm, type FormState } from '#kit/web/form.ts'
import { DayInput } from '#kit/web/DayInput.tsx'
import { LeaveGuard } from '#kit/web/LeaveGuard.tsx'
import { todayIn } from '#kit/web/list/period.ts'
import { PageBody, PageHead, Panel } from '#kit/web/parts.tsx'
import { PostingForm, Review } from '#kit/web/PostingForm.tsx'
import { refresh } from '#kit/web/query.ts'
import { useSession } from '#kit/web/session.tsx'
import { useGo } from '#kit/web/url.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { entryRoutes } from './entry.routes.ts'
import { EntryReview } from './EntryReview.tsx'
import { JournalLines } from './JournalLines.tsx'
import { amountOf, isBlank, missingOf, type DraftLine } from './journal.rules.ts'
import { Totals } from './Totals.tsx'
import classes from './journal.module.css'

const blank = (): DraftLine => ({ key: newId(), account: null, debit: null, credit: null, memo: '', party: null })

/** A manual entry, typed line by line; there is always an empty line below the last one. */
export default function JournalPage() {
  const t = useT()
  const go = useGo()
  const { timeZone, place } = useSession()
  const [id] = useState(newId)
  const [start] = useState(() => ({
    businessDay: todayIn(timeZone),
    place: place?.id ?? null,
    memo: '',
    lines: [blank(), blank()],
  }))
  const form = useForm(start, 'ledger.journal')
  const [isReviewing, setReviewing] = useState(false)
  const post = useCommand<typeof entryRoutes>()('POST /entries', { quiet: true, done: 'entry.posted' })
  const lines = form.values['lines'] as readonly DraftLine[]
  const memo = String(form.values['memo'] ?? '')
  const missing = missingOf(memo, lines)
  const isPostable = missing === null && Boolean(form.values['businessDay'])
  const review = () => {
    post.forget()
    if (isPostable) setReviewing(true)
  }
  const submit = async () => {
    if (!isPostable || post.isRunning) return
    const done = await post.run({
      id,
      businessDay: String(form.values['businessDay']),
      place: form.values['place'] as string | null,
      memo: memo.trim(),
      lines: lines
        .filter((line) => !isBlank(line))
        .map((line) => ({
          account: line.account!,
          amount: String(amountOf(line)) as never,
          ...(line.party && { party: line.party }),
          ...(line.memo.trim() && { memo: line.memo.trim() }),
        })),
    })
    if (!done) return
    form.settle()
    // The guard hears only after a tick that nothing is unsaved any more.
    await refresh(['ledger'])
    go(`/entries/${done.id}`, { replace: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      review()
    }
  }
  return (
    <PageBody>
      <PageHead title={t('entry.new')} hint={t('entry.newHint')} />
      <LeaveGuard when={form.isDirty && !post.isRunning} onDiscard={form.dropDraft} />
      <PostingForm onPost={review} onKeyDown={onKeyDown}>
        {form.fromDraft && form.isDirty && (
          <div className={classes.draft}>
            <T k="form.draftRestored" />
            <Button variant="subtle" size="compact-sm" onClick={form.dropDraft}>
              <T k="form.discardDraft" />
            </Button>
          </div>
        )}
        <Panel>
          <Head form={form} />
        </Panel>
        <Panel flush>
          <JournalLines lines={lines} onChange={(next) => form.set('lines', next)} blank={blank} />
          <div className={classes.foot}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={15} />}
              onClick={() => form.set('lines', [...lines, blank()])}
            >
              <T k="entry.addLine" />
            </Button>
            <Totals lines={lines} />
          </div>
        </Panel>
        <div className={classes.actions}>
          <Button type="submit" disabled={!isPostable}>
            <T k="goods.review" />
          </Button>
          <Button variant="default" onClick={() => go('/entries')}>
            <T k="common.cancel" />
          </Button>
          <span className={classes.missing} role="status">
            {form.isDirty && missing && t(`entry.missing.${missing}`)}
          </span>
          <span className={classes.keys}>
            <T k="entry.keys" />
          </span>
        </div>
      </PostingForm>
      {isReviewing && (
        <Review
          title={memo.trim()}
          action={t('entry.post')}
          isRunning={post.isRunning}
          problem={post.problem}
          onPost={() => void submit()}
          onClose={() => setReviewing(false)}
        >
          <EntryReview lines={lines.filter((line) => !isBlank(line))} />
        </Review>
      )}
    </PageBody>
  )
}

function Head({ form }: { form: FormState }) {
  const t = useT()
  const { places, permissions } = useSession()
  const reach = permissions['ledger.entry.post']
  return (
    <div className={classes.head}>
      <TextInput
        label={t('entry.memo')}
        placeholder={t('entry.memoPlaceholder')}
        autoFocus
        maxLength={300}
        autoComplete="off"
        value={String(form.values['memo'] ?? '')}
        onChange={(event) => form.set('memo', event.currentTarget.value)}
      />
      <DayInput
        label={t('field.businessDay')}
        value={form.values['businessDay'] as string}
        onChange={(day) => form.set('businessDay', day)}
      />
      <Select
        label={t('field.place')}
        allowDeselect={false}
        value={(form.values['place'] as string | null) ?? ''}
        onChange={(id) => form.set('place', id || null)}
        data={[
          ...(reach?.all ? [{ value: '', label: t('books.wholeCompany') }] : []),
          ...places
            .filter((one) => reach?.all || reach?.places.includes(one.id))
            .map((one) => ({ value: one.id, label: one.name })),
        ]}
      />
    </div>
  )
}
