import { Button, Group, Stack, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { PhoneInput } from '#kit/web/input/inputs.tsx'
import { Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { Connection } from './ConnectionState.tsx'
import type { connectionRoutes } from './connection.routes.ts'
import classes from './connection.module.css'

/** Tries it for real, with somebody's own address, and tells how it went last. */
export function TryIt({ of }: { of: Connection }) {
  const t = useT()
  const { user } = useSession()
  const [to, setTo] = useState(of.asksTo === 'email' ? (user?.email ?? '') : '')
  const test = useCommand<typeof connectionRoutes>()('POST /connections/:name/test', { quiet: true, touches: ['access'] })
  return (
    <Panel title={t('connections.try')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void test.run({ name: of.name, to: to.trim() })
        }}
      >
        <Stack gap="md" maw={520}>
          {of.test && <LastTry of={of.test} />}
          {test.problem && <ProblemNote of={test.problem} />}
          {of.mayChange && of.asksTo === 'email' && (
            <TextInput
              label={t('connections.toMail')}
              dir="ltr"
              maxLength={254}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          )}
          {of.mayChange && of.asksTo === 'phone' && (
            <PhoneInput label={t('connections.toPhone')} value={to} onChange={(value) => setTo(value ?? '')} />
          )}
          {of.mayChange && (
            <Group>
              <Button
                type="submit"
                variant="default"
                leftSection={<IconSend size={16} />}
                loading={test.isRunning}
                disabled={of.asksTo !== null && to.trim() === ''}
              >
                <T k={`connections.tryBy.${of.asksTo ?? 'none'}`} />
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  )
}

function LastTry({ of: { isWorking, said, facts, message, at, byName } }: { of: NonNullable<Connection['test']> }) {
  const t = useT()
  const Icon = isWorking ? IconCircleCheck : IconAlertTriangle
  return (
    <div className={classes.last} data-works={isWorking} role="status">
      <Icon size={19} stroke={1.7} aria-hidden />
      <div>
        <p>{t.has(said) ? t(said, facts) : message}</p>
        <p className={classes.sub}>
          <Instant of={at} ago />
          {byName && (
            <>
              {' · '}
              <bdi>{byName}</bdi>
            </>
          )}
        </p>
      </div>
    </div>
  )
}
