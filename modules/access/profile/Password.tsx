import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { NewPassword } from '#kit/web/session/NewPassword.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { sessionRoutes } from '../device/session.routes.ts'

export function Password() {
  const t = useT()
  const { user } = useSession()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useCommand<typeof sessionRoutes>()('POST /profile/password', {
    done: 'profile.passwordChanged',
    quiet: true,
    onDone: () => {
      setCurrent('')
      setPassword('')
    },
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void change.run({ current, password })
      }}
    >
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={user?.email ?? ''} readOnly hidden />
      <Stack gap="md" maw={420}>
        {change.problem && <ProblemNote of={change.problem} />}
        <PasswordInput
          label={t('field.currentPassword')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPassword label={t('field.newPassword')} value={password} onChange={setPassword} />
        <Group>
          <Button type="submit" loading={change.isRunning} disabled={!current || !password}>
            <T k="profile.changePassword" />
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
