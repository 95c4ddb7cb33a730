import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile, IconFingerprint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { Panel } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import classes from '../factor/factor.module.css'
import type { factorRoutes } from './factor.routes.ts'
import { deviceName, isHandheld } from '../session/device.rules.ts'
import type { sessionRoutes } from '../device/session.routes.ts'
import type { userRoutes } from '../people/user.routes.ts'

/** How somebody gets in, and the ways to keep a lost device or a lost password from doing harm. */
export function WaysIn({ id, name }: { id: string; name: string }) {
  const { may } = useSession()
  return may('access.user.edit') ? <Shown id={id} name={name} /> : null
}

/** A badge to be printed, which is scanned in place of the PIN. */
function Badge({ id, name, hasBadge }: { id: string; name: string; hasBadge: boolean }) {
  const t = useT()
  const [made, setMade] = useState<{ badge: string; qr: string } | null>(null)
  const make = useCommand<typeof sessionRoutes>()('POST /users/:id/badge', { touches: ['access'], onDone: setMade })
  const end = useCommand<typeof sessionRoutes>()('DELETE /users/:id/badge', { touches: ['access'], done: 'common.done' })
  return (
    <>
      <Button variant="default" loading={make.isRunning} onClick={() => void make.run({ id })}>
        <T k={hasBadge ? 'badge.again' : 'badge.make'} />
      </Button>
      {hasBadge && (
        <Button variant="default" loading={end.isRunning} onClick={() => void end.run({ id })}>
          <T k="badge.end" />
        </Button>
      )}
      {made && (
        <Window onClose={() => setMade(null)} title={t('badge.title', { name })} size="sm">
          <p className={classes.hint}>
            <T k="badge.hint" />
          </p>
          <img
            className={classes.qr}
            src={`data:image/svg+xml;base64,${btoa(made.qr)}`}
            width={200}
            height={200}
            alt={t('badge.title', { name })}
          />
          <Button variant="default" onClick={() => print()}>
            <T k="badge.print" />
          </Button>
        </Window>
      )}
    </>
  )
}

type Ask = 'factors' | 'password' | 'sessions'

function Shown({ id, name }: { id: string; name: string }) {
  const t = useT()
  const [ask, setAsk] = useState<Ask | null>(null)
  const { data } = useQuery(api<typeof userRoutes>('access')('GET /users/:id/ways-in', { id }))
  const end = useCommand<typeof userRoutes>()('DELETE /users/:id/sessions/:session', {
    done: 'profile.ended',
    touches: ['access'],
  })
  if (!data) return null
  return (
    <Panel title={t('waysIn.title')} flush>
      <ul className={classes.factors} aria-label={t('waysIn.title')}>
        {data.factors.map((row) => {
          const Icon = row.kind === 'totp' ? IconDeviceMobile : IconFingerprint
          return (
            <li key={row.id}>
              <Icon size={22} stroke={1.5} aria-hidden />
              <span>
                <bdi>{row.kind === 'totp' ? t('factor.app') : row.name}</bdi>
                <span className={classes.sub}>
                  <T k="factor.since" /> <Instant of={row.createdAt} />
                </span>
              </span>
            </li>
          )
        })}
        {data.sessions.map((row) => {
          const Icon = isHandheld(row.device) ? IconDeviceMobile : IconDeviceDesktop
          const device = deviceName(row.device) ?? t('profile.unknownDevice')
          return (
            <li key={row.id}>
              <Icon size={22} stroke={1.5} aria-hidden />
              <span>
                <bdi>{device}</bdi>
                <span className={classes.sub}>
                  <T k="profile.seen" /> <Instant of={row.seenAt} ago />
                </span>
              </span>
              <Button
                variant="default"
                size="compact-sm"
                loading={end.isRunning}
                aria-label={t('profile.endOf', { name: device })}
                onClick={() => void end.run({ id, session: row.id })}
              >
                <T k="profile.end" />
              </Button>
            </li>
          )
        })}
      </ul>
      <div className={classes.foot}>
        {data.factors.length + data.sessions.length === 0 && (
          <p className={classes.hint}>
            <T k="waysIn.none" />
          </p>
        )}
        {data.sessions.length > 0 && (
          <Button variant="default" onClick={() => setAsk('sessions')}>
            <T k="waysIn.endAll" />
          </Button>
        )}
        <Button variant="default" disabled={data.mustChangePassword} onClick={() => setAsk('password')}>
          <T k={data.mustChangePassword ? 'waysIn.mustChange' : 'waysIn.askPassword'} />
        </Button>
        <Badge id={id} name={name} hasBadge={Boolean(data.hasBadge)} />
        {data.factors.length > 0 && (
          <Button variant="default" onClick={() => setAsk('factors')}>
            <T k="waysIn.resetFactors" />
          </Button>
        )}
      </div>
      {ask && <Question ask={ask} id={id} name={name} onClose={() => setAsk(null)} />}
    </Panel>
  )
}

function Question({ ask, id, name, onClose }: { ask: Ask; id: string; name: string; onClose: () => void }) {
  const t = useT()
  const { leaves } = useSession()
  const options = { done: 'common.done', touches: ['access'], onDone: onClose }
  const reset = useCommand<typeof factorRoutes>()('POST /users/:id/factors/reset', options)
  const change = useCommand<typeof userRoutes>()('POST /users/:id/password-change', options)
  const end = useCommand<typeof userRoutes>()('DELETE /users/:id/sessions', options)
  const yes = (reason: string) => {
    if (ask === 'factors') void reset.run({ id, reason })
    else if (ask === 'password') void change.run({ id })
    else void end.run({ id })
  }
  return (
    <AskFirst
      title={t(`waysIn.ask.${ask}`, { name })}
      text={
        ask === 'factors'
          ? `${t('waysIn.askText.factors')} ${t(leaves.mail ? 'sent.reason' : 'sent.tellThem')}`
          : t(`waysIn.askText.${ask}`)
      }
      action={t(`waysIn.do.${ask}`)}
      needsReason={ask === 'factors'}
      isRunning={reset.isRunning || change.isRunning || end.isRunning}
      onClose={onClose}
      onYes={yes}
    />
  )
}
