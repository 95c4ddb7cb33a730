import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Translate } from '#kit/words.ts'
import { faultOf, numberedDocuments, writeNumber, type NumberedDocument } from '#kit/number.ts'
import { api } from '#kit/web/api.ts'
import { useCommand } from '#kit/web/command.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { NumbersProblem } from './numbers.ts'
import type { numbersRoutes } from './numbers.routes.ts'
import classes from './numbers.module.css'

/** How the numbers of papers are written, each with the next one to look at. */
export default function NumbersPage() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(api<typeof numbersRoutes>('setup')('GET /numbers', {}))
  if (isPending) return <PageSkeleton />
  if (error) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody narrow>
      <PageHead title={t('page.numbers')} hint={t('numbers.hint')} />
      <Panel flush>
        {numberedDocuments.map((document) => (
          <One key={document} document={document} template={data.templates[document]} initial={data.initial[document]} />
        ))}
      </Panel>
      <Panel title={t('numbers.parts')}>
        <dl className={classes.parts}>
          {(['{NNNN}', '{YYYY}', '{MM}', '{DD}', '{CODE}'] as const).map((part) => (
            <div key={part}>
              <dt>
                <code dir="ltr">{part}</code>
              </dt>
              <dd>{t(`numbers.part.${part.replace(/[{}]/g, '')}`)}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </PageBody>
  )
}

function One({ document, template, initial }: { document: NumberedDocument; template: string; initial: string }) {
  const t = useT()
  const { may } = useSession()
  const [text, setText] = useState(template)
  const save = useCommand<typeof numbersRoutes>()('POST /numbers/:document', { touches: ['setup'], done: 'common.saved' })
  const fault = faultOf(document, text.trim())
  const isShut = !may('setup.company.edit')
  const isChanged = text.trim() !== template
  return (
    <form
      className={classes.one}
      onSubmit={(event) => {
        event.preventDefault()
        if (!fault) void save.run({ document, template: text.trim() })
      }}
    >
      <TextInput
        label={t(`numbers.of.${document}`)}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        disabled={isShut}
        error={fault && sentenceOf(t, fault)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className={classes.next}>
        <T k="numbers.next" /> <bdi dir="ltr">{fault ? '—' : writeNumber(text.trim(), 1, today(), 'S1T1')}</bdi>
      </p>
      <div className={classes.actions}>
        {isChanged && (
          <Button type="submit" size="compact-md" disabled={Boolean(fault)} loading={save.isRunning}>
            <T k="common.save" />
          </Button>
        )}
        {!isShut && text !== initial && (
          <Button variant="subtle" size="compact-md" onClick={() => setText(initial)}>
            <T k="numbers.reset" />
          </Button>
        )}
      </div>
    </form>
  )
}

/** The same sentence that the server would refuse it with. */
function sentenceOf(t: Translate, fault: keyof typeof NumbersProblem): string {
  const { code, message } = NumbersProblem[fault]()
  return t.has(`problem.${code}`) ? t(`problem.${code}`) : message
}

const today = () => Temporal.Now.plainDateISO().toString()
