import { Button, Group, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fill } from '#kit/problem.ts'
import { nameOfLanguage } from '#kit/words.ts'
import { SearchSelect } from '#kit/web/input/SearchSelect.tsx'
import { api, type Wire } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { LeaveGuard } from '#kit/web/look/LeaveGuard.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { missingFacts, unknownFacts } from './template.rules.ts'
import { TemplateProblem } from './template.ts'
import type { templateRoutes } from './template.routes.ts'
import classes from '../comms.module.css'

type Row = Wire<NonNullable<(typeof templateRoutes)['GET /message-templates']['__output']>>['rows'][number]

/** The words of every message that the program writes, in each language, with how it will look. */
export default function TemplatesPage() {
  const t = useT()
  const [search, setSearch] = useSearch()
  const { company } = useSession()
  const { data, error, refetch, isPending } = useQuery(api<typeof templateRoutes>('comms')('GET /message-templates', {}))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const key = (row: Row) => `${row.name}.${row.channel}`
  const row = data.rows.find((one) => key(one) === search['of']) ?? data.rows[0]!
  const text = row.texts.find((one) => one.locale === (search['in'] ?? company?.locale)) ?? row.texts[0]!
  const title = (one: Row) => (one.channel === 'sms' ? `${t(`message.${one.name}.title`)} · SMS` : t(`message.${one.name}.title`))
  return (
    <PageBody narrow>
      <PageHead title={t('page.templates')} hint={t('templates.hint')} />
      <Panel>
        <div className={classes.texts}>
          <SearchSelect
            label={t('templates.which')}
            allowDeselect={false}
            value={key(row)}
            onChange={(of) => setSearch({ of: of ?? undefined })}
            data={data.rows.map((one) => ({ value: key(one), label: title(one) }))}
          />
          <SegmentedControl
            aria-label={t('shell.language')}
            value={text.locale}
            onChange={(locale) => setSearch({ in: locale })}
            data={row.texts.map((one) => ({ value: one.locale, label: nameOfLanguage(one.locale) }))}
          />
          <Words key={`${key(row)} ${text.locale} ${text.isOwn}`} row={row} text={text} />
        </div>
      </Panel>
    </PageBody>
  )
}

function Words({ row, text }: { row: Row; text: Row['texts'][number] }) {
  const t = useT()
  const { company } = useSession()
  const [subject, setSubject] = useState(text.subject)
  const [body, setBody] = useState(text.body)
  const [isTesting, setTesting] = useState(false)
  const save = useCommand<typeof templateRoutes>()('POST /message-templates/:name', {
    done: 'common.saved',
    quiet: true,
    touches: ['comms'],
  })
  const reset = useCommand<typeof templateRoutes>()('DELETE /message-templates/:name', {
    done: 'common.saved',
    touches: ['comms'],
  })
  const type = { facts: Object.fromEntries(row.facts.map((fact) => [fact.name, { sample: fact.sample, secret: fact.isSecret }])) }
  const which = { name: row.name, channel: row.channel, locale: text.locale }
  const isChanged = subject !== text.subject || body !== text.body
  const unknown = (words: string) => unknownFacts(type, words)[0]
  const missing = missingFacts(type, body)[0]
  const sentence = (name: 'unknownFact' | 'missingFact', fact: string) =>
    t(`problem.${TemplateProblem[name]({ fact }).code}`, { fact: `{${fact}}` })
  const sentenceOf = (words: string) => (unknown(words) ? sentence('unknownFact', unknown(words)!) : undefined)
  const bodyError = sentenceOf(body) ?? (missing && sentence('missingFact', missing))
  const samples = { company: company?.name ?? 'Duka', ...Object.fromEntries(row.facts.map((fact) => [fact.name, fact.sample])) }
  return (
    <form
      noValidate
      className={classes.texts}
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ ...which, subject, body })
      }}
    >
      <LeaveGuard when={isChanged && !save.isRunning} of={['of', 'in']} />
      {save.problem && <ProblemNote of={save.problem} />}
      {row.channel === 'mail' && (
        <TextInput
          label={t('field.subject')}
          dir="auto"
          maxLength={200}
          error={sentenceOf(subject)}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={t('field.body')}
        dir="auto"
        autosize
        minRows={6}
        maxLength={5000}
        error={bodyError}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <ul className={classes.parts} aria-label={t('templates.parts')}>
        {['company', ...row.facts.map((fact) => fact.name)].map((name) => (
          <li key={name}>
            <code dir="ltr">{`{${name}}`}</code>
          </li>
        ))}
      </ul>
      <section className={classes.preview} aria-label={t('templates.preview')} lang={text.locale}>
        {row.channel === 'mail' && (
          <p className={classes.subject} dir="auto">
            {fill(subject, samples)}
          </p>
        )}
        <pre className={classes.letter} dir="auto">
          {fill(body, samples)}
        </pre>
      </section>
      <Group gap="xs">
        <Button type="submit" loading={save.isRunning} disabled={!isChanged || Boolean(bodyError ?? sentenceOf(subject))}>
          <T k="common.save" />
        </Button>
        <Button variant="default" disabled={isChanged} onClick={() => setTesting(true)}>
          <T k="templates.test" />
        </Button>
        {text.isOwn && (
          <Button variant="subtle" loading={reset.isRunning} onClick={() => void reset.run(which)}>
            <T k="templates.reset" />
          </Button>
        )}
      </Group>
      {isTesting && <Test which={which} onClose={() => setTesting(false)} />}
    </form>
  )
}

function Test({ which, onClose }: { which: { name: string; channel: 'mail' | 'sms'; locale: string }; onClose: () => void }) {
  const t = useT()
  const { user, leaves } = useSession()
  const [to, setTo] = useState(which.channel === 'mail' ? (user?.email ?? '') : '')
  const test = useCommand<typeof templateRoutes>()('POST /message-templates/:name/test', {
    done: leaves[which.channel] ? 'templates.tested' : 'sent.kept',
    quiet: true,
    touches: ['comms'],
    onDone: onClose,
  })
  return (
    <Window onClose={onClose} title={t('templates.test')} size="sm">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          void test.run({ ...which, to: to.trim() })
        }}
      >
        {test.problem && <ProblemNote of={test.problem} />}
        <TextInput
          label={t(which.channel === 'mail' ? 'field.email' : 'field.phone')}
          dir="ltr"
          data-autofocus
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg">
          <Button type="submit" loading={test.isRunning} disabled={to.trim() === ''}>
            <T k="templates.send" />
          </Button>
        </Group>
      </form>
    </Window>
  )
}
