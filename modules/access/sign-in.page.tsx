import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '#kit/web/command.tsx'
import { BarePage } from '#kit/web/BarePage.tsx'
import { ProblemNote } from '#kit/web/parts.tsx'
import { request } from '#kit/web/request.ts'
import { useEnter } from '#kit/web/enter.ts'
import { useSession } from '#kit/web/session.tsx'
import { T, useT } from '#kit/web/words.tsx'

export default function SignInPage() {
  const t = useT()
  const { company } = useSession()
  const enter = useEnter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useAction((input: { email: string; password: string }, key) => request('POST', '/sign-in', input, { key }), {
    quiet: true,
    onDone: () => void enter(),
  })
  return (
    <BarePage title={t('signIn.title')} hint={company ? t('signIn.hint', { company: company.name }) : t('signIn.hintPlain')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void signIn.run({ email: email.trim(), password })
        }}
      >
        {signIn.problem && <ProblemNote of={signIn.problem} />}
        <TextInput
          label={t('field.email')}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          dir="ltr"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          mb="md"
        />
        <PasswordInput
          label={t('field.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          mb="xl"
        />
        <Button type="submit" fullWidth size="md" loading={signIn.isRunning}>
          <T k="signIn.go" />
        </Button>
      </form>
    </BarePage>
  )
}
