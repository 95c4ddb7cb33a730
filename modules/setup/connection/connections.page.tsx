import { IconFileExport, IconKey, IconMail, IconMessage2, IconPlugConnected, IconRobotOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import type { PageIcon } from '#kit/web/base/page.ts'
import { PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { ConnectionState, type Connection } from './ConnectionState.tsx'
import type { connectionRoutes } from './connection.routes.ts'
import classes from './connection.module.css'

const icons: Readonly<Record<string, PageIcon>> = {
  mail: IconMail,
  sms: IconMessage2,
  captcha: IconRobotOff,
  provider: IconKey,
  logs: IconFileExport,
}

/** The services of others that Duka can be connected with: which work, and which want somebody. */
export default function ConnectionsPage() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(api<typeof connectionRoutes>('access')('GET /connections', {}))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody narrow>
      <PageHead title={t('page.connections')} hint={t('connections.hint')} />
      {(['messages', 'advanced'] as const).map((group) => (
        <Panel key={group} title={t(`connections.group.${group}`)} flush>
          <ul className={classes.cards}>
            {data.rows
              .filter((one) => one.group === group)
              .map((one) => (
                <Card key={one.name} of={one} />
              ))}
          </ul>
        </Panel>
      ))}
    </PageBody>
  )
}

function Card({ of }: { of: Connection }) {
  const t = useT()
  const Icon = icons[of.name] ?? IconPlugConnected
  return (
    <li>
      <Icon size={22} stroke={1.6} />
      <span className={classes.what}>
        <Link to={`/settings/connections/${of.name}`}>{t(`adapter.${of.name}.title`)}</Link>
        <span className={classes.sub}>{t(`adapter.${of.name}.about`)}</span>
      </span>
      <ConnectionState of={of} />
    </li>
  )
}
