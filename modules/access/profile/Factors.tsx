import { Button, Skeleton, TextInput } from '@mantine/core'
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Wire } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { hasPasskeys, makePasskey } from '#kit/web/session/passkey.ts'
import { Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { AppSetup, type Proposed } from '../factor/AppSetup.tsx'
import { BackupCodes } from '../factor/BackupCodes.tsx'
import type { factorRoutes } from '../ways-in/factor.routes.ts'
import { deviceName } from '../session/device.rules.ts'
import classes from '../factor/factor.module.css'

type Row = Wire<NonNullable<(typeof factorRoutes)['GET /profile/factors']['__output']>>['rows'][number]

/** What one shows beside the password, or in place of it. */
export function Factors() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery(api<typeof factorRoutes>('profile')('GET /profile/factors', {}))
  const [open, setOpen] = useState<'app' | 'passkey' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const renew = useCommand<typeof factorRoutes>()('POST /profile/factors/backup-codes', {
    onDone: ({ backupCodes }) => setCodes(backupCodes),
  })
  if (isPending) return <Skeleton h={72} m={18} w="auto" />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const hasApp = data.rows.some((one) => one.kind === 'totp')
  return (
    <>
      {data.rows.length > 0 && (
        <ul className={classes.factors} aria-label={t('factor.title')}>
          {data.rows.map((row) => (
            <Factor key={row.id} row={row} />
          ))}
        </ul>
      )}
      <div className={classes.foot}>
        {data.rows.length === 0 && (
          <p className={classes.hint}>
            <T k={data.isNeeded ? 'factor.noneNeeded' : 'factor.none'} />
          </p>
        )}
        {!hasApp && (
          <Button variant="default" leftSection={<IconDeviceMobile size={16} />} onClick={() => setOpen('app')}>
            <T k="factor.addApp" />
          </Button>
        )}
        {hasPasskeys() && (
          <Button variant="default" leftSection={<IconFingerprint size={16} />} onClick={() => setOpen('passkey')}>
            <T k="factor.addPasskey" />
          </Button>
        )}
        {hasApp && (
          <Button variant="subtle" loading={renew.isRunning} onClick={() => void renew.run({})}>
            <T k="factor.codesLeft" n={data.codesLeft} />
          </Button>
        )}
      </div>
      {open === 'app' && <AddApp onClose={() => setOpen(null)} />}
      {open === 'passkey' && <AddPasskey onClose={() => setOpen(null)} />}
      {codes && (
        <Window onClose={() => setCodes(null)} title={t('factor.backupCodes')} size="md">
          <BackupCodes codes={codes} onDone={() => setCodes(null)} />
        </Window>
      )}
    </>
  )
}

function Factor({ row }: { row: Row }) {
  const t = useT()
  const [isAsking, ask] = useState(false)
  const remove = useCommand<typeof factorRoutes>()('DELETE /profile/factors/:id', {
    done: 'factor.removed',
    onDone: () => ask(false),
  })
  const name = row.kind === 'totp' ? t('factor.app') : row.name
  const Icon = row.kind === 'totp' ? IconDeviceMobile : IconFingerprint
  return (
    <li>
      <Icon size={22} stroke={1.5} aria-hidden />
      <span>
        <bdi>{name}</bdi>
        <span className={classes.sub}>
          <T k="factor.since" /> <Instant of={row.createdAt} />
          {row.usedAt && (
            <>
              {' · '}
              <T k="factor.used" /> <Instant of={row.usedAt} ago />
            </>
          )}
        </span>
      </span>
      <Button variant="default" size="compact-sm" aria-label={t('factor.removeOf', { name })} onClick={() => ask(true)}>
        <T k="factor.remove" />
      </Button>
      {isAsking && (
        <AskFirst
          title={t('factor.removeAsk', { name })}
          text={t(row.kind === 'totp' ? 'factor.removeAppText' : 'factor.removeKeyText')}
          action={t('factor.remove')}
          bad
          isRunning={remove.isRunning}
          onClose={() => ask(false)}
          onYes={() => void remove.run({ id: row.id })}
        />
      )}
    </li>
  )
}

function AddApp({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [proposed, setProposed] = useState<Proposed | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const propose = useCommand<typeof factorRoutes>()('POST /profile/factors/app', { quiet: true, onDone: setProposed })
  const confirm = useCommand<typeof factorRoutes>()('POST /profile/factors/app/confirmation', {
    quiet: true,
    onDone: ({ backupCodes }) => setCodes(backupCodes),
  })
  return (
    <Window onClose={onClose} title={t('factor.addApp')} size="md">
      {codes ? (
        <BackupCodes codes={codes} onDone={onClose} />
      ) : proposed ? (
        <AppSetup
          proposed={proposed}
          problem={confirm.problem}
          isRunning={confirm.isRunning}
          onCode={(code) => void confirm.run({ code })}
        />
      ) : (
        <>
          {propose.problem && <ProblemNote of={propose.problem} />}
          <p className={classes.hint}>
            <T k="factor.appHint" />
          </p>
          <Button fullWidth loading={propose.isRunning} onClick={() => void propose.run({})} data-autofocus>
            <T k="signIn.goOn" />
          </Button>
        </>
      )}
    </Window>
  )
}

function AddPasskey({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [name, setName] = useState(() => deviceName(navigator.userAgent) ?? '')
  const [turnedAway, setTurnedAway] = useState(false)
  const wish = useCommand<typeof factorRoutes>()('POST /profile/factors/passkey', { quiet: true })
  const add = useCommand<typeof factorRoutes>()('POST /profile/factors/passkey/answer', {
    quiet: true,
    done: 'factor.added',
    onDone: onClose,
  })
  const submit = async () => {
    setTurnedAway(false)
    const wished = await wish.run({})
    if (!wished) return
    const answer = await makePasskey(wished.options).catch(() => undefined)
    if (answer) await add.run({ name: name.trim(), answer })
    else setTurnedAway(true)
  }
  return (
    <Window onClose={onClose} title={t('factor.addPasskey')} size="sm">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <p className={classes.hint}>
          <T k="factor.passkeyHint" />
        </p>
        {(wish.problem ?? add.problem) && <ProblemNote of={wish.problem ?? add.problem} />}
        {turnedAway && (
          <p className={classes.hint} role="status">
            <T k="signIn.passkeyAway" />
          </p>
        )}
        <TextInput
          label={t('factor.passkeyName')}
          maxLength={80}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth mt="lg" loading={wish.isRunning || add.isRunning} disabled={name.trim() === ''}>
          <T k="factor.make" />
        </Button>
      </form>
    </Window>
  )
}
