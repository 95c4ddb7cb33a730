import { Button, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { isDay } from '#kit/day.ts'
import { newId } from '#kit/id.ts'
import { DocumentForm } from '#kit/web/document/DocumentForm.tsx'
import type { FormState, Values } from '#kit/web/form/form.ts'
import { businessDayIn } from '#kit/web/session/period.ts'
import { Panel } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Day } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { JournalLines } from './JournalLines.tsx'
import { isBlank, missingOf, type DraftLine } from './journal.rules.ts'
import { journal } from './journal.ts'
import { Totals } from './Totals.tsx'
import classes from './journal.module.css'

const blank = (): DraftLine => {
  const id = newId()
  return { key: id, id, account: null, debit: null, credit: null, memo: null, party: null }
}
const COLUMNS = ['account', 'memo', 'debit', 'credit', 'party'].map((name) => ({ name }))
const HEAD = ['memo', 'businessDay', 'place'] as const

/** A manual entry, typed line by line; there is always an empty line below the last one. */
export default function JournalForm() {
  const t = useT()
  const { clock, place, places } = useSession()
  const [initial] = useState(() => ({
    businessDay: businessDayIn(clock),
    place: place?.id ?? null,
    lines: [blank(), blank()],
  }))
  const missing = ({ memo, businessDay, lines }: Values) => {
    const found = missingOf(String(memo ?? ''), lines as unknown as DraftLine[])
    if (found) return t(`entry.missing.${found}`)
    return isDay(businessDay as string) ? null : t('day.none')
  }
  return (
    <DocumentForm
      of={journal}
      head={HEAD}
      inputs={{ memo: (form) => <Memo form={form} />, place: (form) => <Place form={form} /> }}
      columns={COLUMNS}
      initial={initial}
      name={() => ''}
      isBlank={(line) => isBlank(line as unknown as DraftLine)}
      editor={({ lines, onChange, errors }) => {
        const typed = lines as unknown as readonly DraftLine[]
        const change = onChange as unknown as (lines: readonly DraftLine[]) => void
        return (
          <Panel flush>
            <JournalLines lines={typed} onChange={change} blank={blank} errors={errors} />
            <div className={classes.foot}>
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconPlus size={15} />}
                onClick={() => change([...typed, blank()])}
              >
                <T k="entry.addLine" />
              </Button>
              <Totals lines={typed} />
            </div>
          </Panel>
        )
      }}
      sums={() => []}
      next={{
        verb: 'post',
        missing,
        keys: t('entry.keys'),
        touches: ['accounts'],
        above: (values) => (
          <p className={classes.when}>
            <Day of={String(values['businessDay'])} style="long" /> ·{' '}
            <bdi>{places.find((one) => one.id === values['place'])?.name ?? t('books.wholeCompany')}</bdi>
          </p>
        ),
      }}
    />
  )
}

function Memo({ form }: { form: FormState }) {
  const t = useT()
  return (
    <TextInput
      label={t('entry.memo')}
      placeholder={t('entry.memoPlaceholder')}
      autoFocus
      maxLength={300}
      autoComplete="off"
      value={String(form.values['memo'] ?? '')}
      error={form.errors['memo']}
      onChange={(event) => form.set('memo', event.currentTarget.value)}
    />
  )
}

function Place({ form }: { form: FormState }) {
  const t = useT()
  const { places, permissions } = useSession()
  const reach = permissions['ledger.entry.post']
  return (
    <Select
      label={t('field.place')}
      allowDeselect={false}
      value={(form.values['place'] as string | null) ?? ''}
      error={form.errors['place']}
      onChange={(id) => form.set('place', id || null)}
      data={[
        ...(reach?.all ? [{ value: '', label: t('books.wholeCompany') }] : []),
        ...places
          .filter((one) => reach?.all || reach?.places.includes(one.id))
          .map((one) => ({ value: one.id, label: one.name })),
      ]}
    />
  )
}
