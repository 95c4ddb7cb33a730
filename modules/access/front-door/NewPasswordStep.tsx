import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { NewPassword } from '#kit/web/session/NewPassword.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { StepProps } from './SignInSteps.tsx'
import type { signInRoutes } from './sign-in.routes.ts'

/** A password that must be changed before one goes on. */
export function NewPasswordStep({ onNext }: StepProps) {
  const t = useT()
  const [password, setPassword] = useState('')
  const change = useCommand<typeof signInRoutes>()('POST /sign-in/password', { quiet: true, onDone: onNext })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void change.run({ password })
      }}
    >
      {change.problem && <ProblemNote of={change.problem} />}
      <Text size="sm" c="dimmed" mb="md">
        <T k="signIn.mustChange" />
      </Text>
      <NewPassword label={t('field.newPassword')} autoFocus value={password} onChange={setPassword} />
      <Button type="submit" fullWidth size="md" mt="lg" loading={change.isRunning} disabled={password === ''}>
        <T k="signIn.goOn" />
      </Button>
    </form>
  )
}
