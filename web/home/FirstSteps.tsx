import { Button, VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { FirstStep } from '#kit/web/home/home.ts'
import { usePages } from '#kit/web/base/page.ts'
import { Panel } from '#kit/web/look/parts.tsx'
import { request } from '#kit/web/base/request.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { T, useT } from '#kit/web/base/words.tsx'
import classes from './home.module.css'

const hasRows = async ({ list, least = 1 }: FirstStep['done'][number], signal: AbortSignal): Promise<boolean> => {
  const { rows } = await request<{ rows: unknown[] }>('GET', list, undefined, { signal })
  return rows.length >= least
}

/** Asks one list after the other, until one says that it is done. */
async function isDone({ done }: FirstStep, signal: AbortSignal): Promise<boolean> {
  for (const one of done) if (await hasRows(one, signal)) return true
  return false
}

const STORED = 'duka.steps'

/** What a new company does first, ticked off as it is done. Gone for good once everything is, or when it is put away. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const t = useT()
  const { number } = useFormat()
  const { may, user } = useSession()
  const pages = usePages()
  const [isAway, setAway] = useState(() => localStorage.getItem(STORED) === user?.id)
  const shown = steps.filter((step) => may(step.can))
  const { data } = useQuery({
    queryKey: ['home', 'steps', shown.map((step) => step.name)],
    queryFn: async ({ signal }) => {
      const done = await Promise.all(shown.map((step) => isDone(step, signal)))
      return shown.flatMap((step, at) => (done[at] ? [step.name] : []))
    },
    enabled: !isAway && shown.length > 0,
    staleTime: 0,
  })
  const putAway = () => {
    localStorage.setItem(STORED, user?.id ?? '')
    setAway(true)
  }
  const isAllDone = data !== undefined && data.length === shown.length
  useEffect(() => {
    if (isAllDone) localStorage.setItem(STORED, user?.id ?? '')
  }, [isAllDone, user])
  if (isAway || !data || isAllDone) return null
  const next = shown.find((step) => !data.includes(step.name))
  const matches = (pattern: string, path: string) => {
    const [want, have] = [pattern.split('/'), path.split('/')]
    return want.length === have.length && want.every((part, at) => part.startsWith('$') || part === have[at])
  }
  const placeOf = (step: FirstStep) => step.at.find((path) => pages.some((page) => matches(page.path, path))) ?? step.at.at(-1)!
  return (
    <Panel
      flush
      title={t('home.steps')}
      actions={
        <Button variant="subtle" color="gray" size="compact-sm" onClick={putAway}>
          <T k="home.putAway" />
        </Button>
      }
    >
      <ol className={classes.steps}>
        {shown.map((step, at) => {
          const isTicked = data.includes(step.name)
          return (
            <li
              key={step.name}
              className={classes.step}
              data-done={isTicked || undefined}
              data-next={step === next || undefined}
              aria-current={step === next ? 'step' : undefined}
            >
              <span className={classes.mark} aria-hidden>
                {isTicked ? <IconCheck size={16} /> : number(at + 1)}
              </span>
              <span className={classes.stepName}>
                {isTicked ? (
                  <>
                    {t(`home.step.${step.name}`)}{' '}
                    <VisuallyHidden>
                      <T k="common.done" />
                    </VisuallyHidden>
                  </>
                ) : (
                  <Link to={placeOf(step)}>{t(`home.step.${step.name}`)}</Link>
                )}
              </span>
              <span className={classes.stepHint}>{t(`home.stepHint.${step.name}`)}</span>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
