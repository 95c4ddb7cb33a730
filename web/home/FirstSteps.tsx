import { Button, VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { usePages } from '#kit/web/page.ts'
import { Panel } from '#kit/web/parts.tsx'
import { request } from '#kit/web/request.ts'
import { useSession } from '#kit/web/session.tsx'
import { Link } from '#kit/web/url.tsx'
import { useFormat } from '#kit/web/format.ts'
import { T, useT } from '#kit/web/words.tsx'
import classes from './home.module.css'

interface Step {
  readonly key: 'products' | 'stock' | 'till' | 'people'
  readonly can: string
  /** Where it is done: the first of these pages that there is. */
  readonly at: readonly string[]
  readonly isDone: (signal: AbortSignal) => Promise<boolean>
}

const hasRows = async (path: string, signal: AbortSignal, least = 1): Promise<boolean> => {
  const { rows } = await request<{ rows: unknown[] }>('GET', path, undefined, { signal })
  return rows.length >= least
}

const steps: readonly Step[] = [
  {
    key: 'products',
    can: 'catalog.product.import',
    at: ['/import/catalog.product', '/catalog/products/new', '/catalog/products'],
    isDone: (signal) => hasRows('/catalog/products?limit=1', signal),
  },
  {
    key: 'stock',
    can: 'inventory.stock.receive',
    at: ['/inventory/receive', '/inventory/receipts/new', '/inventory/documents'],
    isDone: (signal) => hasRows('/inventory/documents?limit=1&kind=receipt', signal),
  },
  {
    key: 'till',
    can: 'pos.shift.open',
    at: ['/pos/sell'],
    isDone: (signal) => hasRows('/pos/shifts?limit=1', signal),
  },
  {
    key: 'people',
    can: 'access.user.edit',
    at: ['/users/invite'],
    isDone: async (signal) => (await hasRows('/users?limit=2', signal, 2)) || hasRows('/invitations', signal),
  },
]

const STORED = 'duka.steps'

/** What a new company does first, ticked off as it is done. Gone for good once everything is, or when it is put away. */
export function FirstSteps() {
  const t = useT()
  const { number } = useFormat()
  const { may, user } = useSession()
  const pages = usePages()
  const [isAway, setAway] = useState(() => localStorage.getItem(STORED) === user?.id)
  const shown = steps.filter((step) => may(step.can))
  const { data } = useQuery({
    queryKey: ['home', 'steps', shown.map((step) => step.key)],
    queryFn: async ({ signal }) => {
      const done = await Promise.all(shown.map((step) => step.isDone(signal)))
      return shown.flatMap((step, at) => (done[at] ? [step.key] : []))
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
  const next = shown.find((step) => !data.includes(step.key))
  const matches = (pattern: string, path: string) => {
    const [want, have] = [pattern.split('/'), path.split('/')]
    return want.length === have.length && want.every((part, at) => part.startsWith('$') || part === have[at])
  }
  const placeOf = (step: Step) => step.at.find((path) => pages.some((page) => matches(page.path, path))) ?? step.at.at(-1)!
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
          const isDone = data.includes(step.key)
          return (
            <li
              key={step.key}
              className={classes.step}
              data-done={isDone || undefined}
              data-next={step === next || undefined}
              aria-current={step === next ? 'step' : undefined}
            >
              <span className={classes.mark} aria-hidden>
                {isDone ? <IconCheck size={16} /> : number(at + 1)}
              </span>
              <span className={classes.stepName}>
                {isDone ? (
                  <>
                    {t(`home.step.${step.key}`)}{' '}
                    <VisuallyHidden>
                      <T k="common.done" />
                    </VisuallyHidden>
                  </>
                ) : (
                  <Link to={placeOf(step)}>{t(`home.step.${step.key}`)}</Link>
                )}
              </span>
              <span className={classes.stepHint}>{t(`home.stepHint.${step.key}`)}</span>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
