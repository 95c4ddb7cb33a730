import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { faultOf, writeNumber, type Series } from '#kit/number.ts'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { LeaveGuard } from '#kit/web/look/LeaveGuard.tsx'
import { businessDayIn } from '#kit/web/session/period.ts'
import { PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { foundText } from '#kit/web/base/problem.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { NumbersProblem } from './numbers.ts'
import type { numbersRoutes } from './numbers.routes.ts'
import classes from './numbers.module.css'

/** How the numbers of papers are written, each with the next one to look at. */
export default function NumbersPage() {
  const t = useT()
  const [changed, setChanged] = useState<readonly string[]>([])
  const { data, error, refetch, isPending } = useQuery(api<typeof numbersRoutes>('setup')('GET /numbers', {}))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody narrow>
      <PageHead title={t('page.numbers')} hint={t('numbers.hint')} />
      <LeaveGuard when={changed.length > 0} />
      <Panel flush>
        {data.series.map((one) => (
          <One
            key={one.document}
            {...one}
            onChanged={(isChanged) =>
              setChanged((before) => [...before.filter((each) => each !== one.document), ...(isChanged ? [one.document] : [])])
            }
          />
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

interface OneProps extends Series {
  readonly initial: string
  /** Stands here what is not saved? */
  readonly onChanged: (isChanged: boolean) => void
}

function One({ document, template, initial, isCoded, onChanged }: OneProps) {
  const t = useT()
  const { may, clock } = useSession()
  const [text, setText] = useState(template)
  const save = useCommand<typeof numbersRoutes>()('POST /numbers/:document', { touches: ['setup'], done: 'common.saved' })
  const fault = faultOf({ isCoded }, text.trim())
  const isShut = !may('setup.company.edit')
  const isChanged = text.trim() !== template
  useEffect(() => {
    onChanged(isChanged)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `onChanged` is new each time and means the same
  }, [isChanged])
  return (
    <form
      noValidate
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
        error={fault && foundText(t, NumbersProblem[fault]())}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className={classes.next}>
        <T k="numbers.next" /> <bdi dir="ltr">{fault ? '—' : writeNumber(text.trim(), 1, businessDayIn(clock), 'S1T1')}</bdi>
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
