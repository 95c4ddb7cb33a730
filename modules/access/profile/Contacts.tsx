import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { queryClient } from '#kit/web/base/query.ts'
import { useSent } from '#kit/web/session/sent.ts'
import { sessionQuery, useSession } from '#kit/web/session/session.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { ContactKind } from './profile.ts'
import type { profileRoutes } from './profile.routes.ts'
import classes from './profile.module.css'

/** The address that one signs in with, and the number that codes go to. Both change once a code has come back. */
export function Contacts() {
  const t = useT()
  const { user } = useSession()
  const [changing, setChanging] = useState<ContactKind | null>(null)
  if (!user) return null
  return (
    <>
      <ul className={classes.sessions} aria-label={t('profile.contacts')}>
        <li>
          <span className={classes.what}>
            <bdi dir="ltr">{user.email}</bdi>
            <span className={classes.sub}>
              <T k="profile.emailHint" />
            </span>
          </span>
          <Button variant="default" size="compact-sm" onClick={() => setChanging('email')}>
            <T k="profile.changeEmail" />
          </Button>
        </li>
        <li>
          <span className={classes.what}>
            <bdi dir="ltr">{user.codePhone ?? '—'}</bdi>
            <span className={classes.sub}>
              <T k={(user.phones ?? []).length === 0 ? 'profile.codePhoneFirst' : 'profile.codePhoneHint'} />
            </span>
          </span>
          <Button
            variant="default"
            size="compact-sm"
            disabled={(user.phones ?? []).length === 0}
            onClick={() => setChanging('phone')}
          >
            <T k={user.codePhone ? 'profile.changeCodePhone' : 'profile.setCodePhone'} />
          </Button>
        </li>
      </ul>
      {changing && <Change kind={changing} onClose={() => setChanging(null)} />}
    </>
  )
}

function Change({ kind, onClose }: { kind: ContactKind; onClose: () => void }) {
  const t = useT()
  const { user } = useSession()
  const [value, setValue] = useState(kind === 'phone' ? (user?.codePhone ?? user?.phones?.[0] ?? '') : '')
  const sent = useSent()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const onSent = { quiet: true, onDone: ({ to }: { to: string }) => setSentTo(to) }
  const onConfirmed = {
    quiet: true,
    done: 'common.saved',
    touches: ['access'],
    onDone: () => {
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      onClose()
    },
  }
  const command = useCommand<typeof profileRoutes>()
  const email = command('POST /profile/email', onSent)
  const phone = command('POST /profile/code-phone', onSent)
  const confirmEmail = command('POST /profile/email/confirmation', onConfirmed)
  const confirmPhone = command('POST /profile/code-phone/confirmation', onConfirmed)
  const [propose, confirm] = kind === 'email' ? [email, confirmEmail] : [phone, confirmPhone]
  const problem = sentTo === null ? propose.problem : confirm.problem
  const submit = () => {
    if (sentTo !== null) return confirm.run({ code })
    return kind === 'email' ? email.run({ email: value.trim() }) : phone.run({ phone: value })
  }
  return (
    <Window onClose={onClose} title={t(kind === 'email' ? 'profile.changeEmail' : 'profile.setCodePhone')} size="sm">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="md">
          {problem && <ProblemNote of={problem} />}
          {sentTo !== null ? (
            <TextInput
              label={t('profile.code')}
              description={sent(t('profile.codeSent', { to: sentTo }), sentTo)}
              autoComplete="one-time-code"
              inputMode="numeric"
              dir="ltr"
              data-autofocus
              maxLength={9}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          ) : kind === 'email' ? (
            <TextInput
              label={t('profile.newEmail')}
              type="email"
              autoComplete="email"
              dir="ltr"
              data-autofocus
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
          ) : (
            <Select
              label={t('profile.codePhone')}
              allowDeselect={false}
              data={[...(user?.phones ?? [])]}
              value={value}
              onChange={(next) => setValue(next ?? '')}
            />
          )}
          <Group>
            {sentTo !== null && (
              <Button variant="default" onClick={() => setSentTo(null)}>
                <T k="profile.otherCode" />
              </Button>
            )}
            <Button
              type="submit"
              loading={propose.isRunning || confirm.isRunning}
              disabled={sentTo === null ? value.trim() === '' : code.replace(/\D/g, '').length < 6}
            >
              <T k={sentTo === null ? 'profile.sendCode' : 'signIn.goOn'} />
            </Button>
          </Group>
        </Stack>
      </form>
    </Window>
  )
}
