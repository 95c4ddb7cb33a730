import { Button, Skeleton } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, type Wire } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { Problem } from '#kit/web/look/parts.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { deviceName, isHandheld } from '../session/device.rules.ts'
import type { sessionRoutes } from '../device/session.routes.ts'
import classes from './profile.module.css'

type Row = Wire<NonNullable<(typeof sessionRoutes)['GET /profile/sessions']['__output']>>['rows'][number]

/** Where one is signed in, and the way to end what one does not recognise. */
export function Sessions() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(api<typeof sessionRoutes>()('GET /profile/sessions'))
  const endOthers = useCommand<typeof sessionRoutes>()('DELETE /profile/sessions', { done: 'profile.othersEnded' })
  if (isPending) return <Skeleton h={72} m={18} w="auto" />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <>
      <ul className={classes.sessions} aria-label={t('profile.sessions')}>
        {data.rows.map((row) => (
          <Session key={row.id} row={row} />
        ))}
      </ul>
      {data.rows.length > 1 && (
        <div className={classes.foot}>
          <Button variant="default" loading={endOthers.isRunning} onClick={() => void endOthers.run({})}>
            <T k="profile.endOthers" />
          </Button>
        </div>
      )}
    </>
  )
}

function Session({ row }: { row: Row }) {
  const t = useT()
  const end = useCommand<typeof sessionRoutes>()('DELETE /profile/sessions/:id', { done: 'profile.ended' })
  const Icon = isHandheld(row.device) ? IconDeviceMobile : IconDeviceDesktop
  const name = deviceName(row.device) ?? t('profile.unknownDevice')
  return (
    <li>
      <Icon size={22} stroke={1.5} aria-hidden />
      <span className={classes.what}>
        <bdi title={row.device ?? undefined}>{name}</bdi>
        <span className={classes.sub}>
          {row.isThis ? (
            <strong className={classes.here}>{t('profile.thisDevice')}</strong>
          ) : (
            <>
              <T k="profile.seen" /> <Instant of={row.seenAt} ago />
            </>
          )}
          {' · '}
          <T k="profile.since" /> <Instant of={row.createdAt} />
          {row.address && (
            <>
              {' · '}
              <bdi dir="ltr">{row.address}</bdi>
            </>
          )}
        </span>
      </span>
      {!row.isThis && (
        <Button
          variant="default"
          size="compact-sm"
          loading={end.isRunning}
          aria-label={t('profile.endOf', { name })}
          onClick={() => void end.run({ id: row.id })}
        >
          <T k="profile.end" />
        </Button>
      )}
    </li>
  )
}
