import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useAction } from '#kit/web/command.tsx'
import { BarePage } from '#kit/web/BarePage.tsx'
import { ProblemNote } from '#kit/web/parts.tsx'
import { request } from '#kit/web/request.ts'
import { useEnter } from '#kit/web/enter.ts'
import { useSession } from '#kit/web/session.tsx'
import { useSearch } from '#kit/web/url.tsx'
import { T, useT } from '#kit/web/words.tsx'

const STORED = 'duka.email'

/** Who comes here first; the address is remembered on this device, the password never. */
export default function SignInPage() {
  const t = useT()
  const { company } = useSession()
  const [{ to }] = useSearch()
  const enter = useEnter()
  const [known] = useState(() => localStorage.getItem(STORED) ?? '')
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [isCapsOn, setCapsOn] = useState(false)
  const passwordInput = useRef<HTMLInputElement>(null)
  const signIn = useAction((input: { email: string; password: string }, key) => request('POST', '/sign-in', input, { key }), {
    quiet: true,
    onDone: () => {
      localStorage.setItem(STORED, email.trim())
      void enter()
    },
  })
  const submit = async () => {
    if (await signIn.run({ email: email.trim(), password })) return
    // Whoever mistyped types it anew.
    passwordInput.current?.focus()
    passwordInput.current?.select()
  }
  const watchCaps = (event: KeyboardEvent) => setCapsOn(event.getModifierState('CapsLock'))
  const hint = to ? 'signIn.hintBack' : company ? 'signIn.hint' : 'signIn.hintPlain'
  return (
    <BarePage title={t('signIn.title')} hint={t(hint, { company: company?.name ?? '' })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
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
          autoFocus={known === ''}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          mb="md"
        />
        <PasswordInput
          ref={passwordInput}
          label={t('field.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          autoFocus={known !== ''}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          onKeyDown={watchCaps}
          onKeyUp={watchCaps}
          onBlur={() => setCapsOn(false)}
          description={isCapsOn ? t('signIn.capsLock') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
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
