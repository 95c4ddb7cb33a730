import { Group, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { recordRoutes } from '#kit/server/edge/kit.routes.ts'
import { api, type OutputOf } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { useT } from '#kit/web/base/words.tsx'
import classes from './notices.module.css'

type Choice = OutputOf<typeof recordRoutes, 'GET /notices/choices'>['rows'][number]

/** What one wants to be told of: at the bell, and by mail. */
export default function NoticeSettingsPage() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(api<typeof recordRoutes>('kit')('GET /notices/choices', {}))
  if (isPending) return <PageSkeleton />
  if (!data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody narrow>
      <PageHead title={t('page.noticeSettings')} hint={t('noticeChoice.hint')} />
      <Panel>
        <ul className={classes.choices}>
          {data.rows.map((one) => (
            <Kind key={one.kind} of={one} />
          ))}
        </ul>
      </Panel>
    </PageBody>
  )
}

function Kind({ of }: { of: Choice }) {
  const t = useT()
  const { run, isRunning } = useCommand<typeof recordRoutes>()('POST /notices/choices', {
    touches: ['kit'],
    done: 'common.saved',
  })
  const kind = t(`noticeKind.${of.kind}`)
  return (
    <li>
      <h2>{kind}</h2>
      <p>{t(`noticeHint.${of.kind}`)}</p>
      <Group gap="lg">
        <Switch
          label={t('noticeChoice.bell')}
          aria-label={`${kind}: ${t('noticeChoice.bell')}`}
          checked={of.bell}
          disabled={isRunning}
          onChange={(event) => void run({ kind: of.kind, bell: event.currentTarget.checked, mail: of.mail as 'never' | 'daily' })}
        />
        <Switch
          label={t('noticeChoice.mail')}
          aria-label={`${kind}: ${t('noticeChoice.mail')}`}
          checked={of.mail === 'daily'}
          disabled={isRunning}
          onChange={(event) => void run({ kind: of.kind, bell: of.bell, mail: event.currentTarget.checked ? 'daily' : 'never' })}
        />
      </Group>
    </li>
  )
}
