import { Button, PasswordInput, Text, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { answerPasskey, hasPasskeys } from '#kit/web/session/passkey.ts'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { factorRoutes } from '../ways-in/factor.routes.ts'
import type { sessionRoutes } from './session.routes.ts'
import classes from '../sign-in/sign-in.module.css'

/** Before something risky: shows once more that it is them. What they asked for goes on after that. */
export function ProveAgain({ onDone }: { onDone: (hasProven: boolean) => void }) {
  const t = useT()
  const { user } = useSession()
  const { data: factors } = useQuery(api<typeof factorRoutes>('profile')('GET /profile/factors', {}))
  const [byCode, setByCode] = useState(false)
  const [text, setText] = useState('')
  const prove = useCommand<typeof sessionRoutes>()('POST /session/proof', { quiet: true, onDone: () => onDone(true) })
  const ask = useCommand<typeof sessionRoutes>()('POST /session/proof/passkey', { quiet: true })
  const kinds = new Set(factors?.rows.map((one) => one.kind))
  const byPasskey = async () => {
    const question = await ask.run({})
    const answer = question && (await answerPasskey(question.options).catch(() => undefined))
    if (answer) await prove.run({ way: 'passkey', answer })
  }
  return (
    <Window onClose={() => onDone(false)} title={t('prove.title')} size="sm" zIndex={800}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          void prove.run(byCode ? { way: 'totp', code: text } : { way: 'password', password: text })
        }}
      >
        <Text size="sm" c="dimmed" mb="md">
          <T k="prove.text" />
        </Text>
        {prove.problem && <ProblemNote of={prove.problem} />}
        <input type="text" name="username" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
        {byCode ? (
          <TextInput
            label={t('signIn.way.totp')}
            inputMode="numeric"
            autoComplete="one-time-code"
            dir="ltr"
            maxLength={7}
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          <PasswordInput
            label={t('field.currentPassword')}
            autoComplete="current-password"
            data-autofocus
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Button type="submit" fullWidth mt="md" loading={prove.isRunning} disabled={text === ''}>
          <T k="prove.go" />
        </Button>
        <div className={classes.ways}>
          {kinds.has('passkey') && hasPasskeys() && (
            <Button variant="default" leftSection={<IconFingerprint size={18} />} onClick={() => void byPasskey()}>
              <T k="signIn.passkey" />
            </Button>
          )}
          {kinds.has('totp') && (
            <Button
              variant="subtle"
              onClick={() => {
                setByCode(!byCode)
                setText('')
              }}
            >
              <T k={byCode ? 'prove.byPassword' : 'signIn.use.totp'} />
            </Button>
          )}
        </div>
      </form>
    </Window>
  )
}
