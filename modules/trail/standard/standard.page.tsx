import { SegmentedControl } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { PageBody, PageHead, PageSkeleton, Panel, Problem, Stat, Stats } from '#kit/web/look/parts.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { standardRoutes } from './standard.routes.ts'
import classes from './standard.module.css'

const states = ['met', 'notApplicable', 'open'] as const
const icons = { met: IconCheck, notApplicable: IconMinus, open: IconAlertTriangle }

/** What the security standard asks, requirement by requirement, with the test that proves it or why it is not met. */
export default function StandardPage() {
  const t = useT()
  const { number } = useFormat()
  const [search, setSearch] = useSearch()
  const { data, error, refetch, isPending } = useQuery(api<typeof standardRoutes>('access')('GET /security-standard'))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const show = states.find((one) => one === search['state'])
  const of = (state: string) => data.requirements.filter((one) => one.state === state)
  const shown = show ? of(show) : data.requirements
  const chapters = [...Map.groupBy(shown, (one) => one.id.split('.')[0]!)]
  return (
    <PageBody>
      <PageHead
        title={t('page.standard')}
        hint={t('standard.hint')}
        actions={
          <SegmentedControl
            aria-label={t('standard.show')}
            value={show ?? 'all'}
            onChange={(next) => setSearch({ state: next === 'all' ? undefined : next })}
            data={[
              { value: 'all', label: t('standard.all') },
              ...states.map((state) => ({ value: state, label: t(`standard.${state}`) })),
            ]}
          />
        }
      />
      <Stats>
        {states.map((state) => (
          <Stat key={state} label={t(`standard.${state}`)} value={number(of(state).length)} />
        ))}
      </Stats>
      {chapters.map(([chapter, all]) => (
        <Panel key={chapter} title={`V${chapter}`} flush>
          <ul className={classes.list}>
            {all.map((one) => {
              const Icon = icons[one.state]
              return (
                <li key={one.id} data-state={one.state}>
                  <Icon size={18} role="img" aria-label={t(`standard.${one.state}`)} />
                  <span className={classes.id} dir="ltr">
                    {one.id}
                  </span>
                  <span lang="en" dir="ltr">
                    {one.about}
                    <small>
                      {one.why ??
                        one.proof?.map((proof) => (
                          <code key={proof} className={classes.proof}>
                            {proof}
                          </code>
                        ))}
                    </small>
                  </span>
                </li>
              )
            })}
          </ul>
        </Panel>
      ))}
    </PageBody>
  )
}
