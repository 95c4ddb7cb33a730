import { Button, PasswordInput, TextInput } from '@mantine/core'
import { IconBuildingCommunity, IconFingerprint, IconMail } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { answerPasskey, hasPasskeys } from '#kit/web/session/passkey.ts'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { StepProps } from './SignInSteps.tsx'
import type { signInRoutes } from './sign-in.routes.ts'
import classes from '../sign-in/sign-in.module.css'

const STORED = 'duka.email'

/** E-mail and password, or what stands in place of the password. The address is remembered on this device, the password never. */
export function FirstProof({
  fixed,
  hasCode,
  provider,
  isOpen,
  onNext,
  footer,
}: StepProps & { fixed?: string; hasCode: boolean; provider: string | null; isOpen: boolean; footer?: ReactNode }) {
  const t = useT()
  const [known] = useState(() => fixed ?? localStorage.getItem(STORED) ?? '')
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [isCapsOn, setCapsOn] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const signIn = useCommand<typeof signInRoutes>()('POST /sign-in', { quiet: true })
  const submit = async () => {
    const answer = await signIn.run({ email: email.trim(), password })
    if (answer) {
      localStorage.setItem(STORED, email.trim())
      return onNext(answer)
    }
    // Whoever mistyped types it anew.
    input.current?.focus()
    input.current?.select()
  }
  const watchCaps = (event: KeyboardEvent) => setCapsOn(event.getModifierState('CapsLock'))
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {signIn.problem && <ProblemNote of={signIn.problem} />}
      {fixed === undefined ? (
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
      ) : (
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      )}
      <PasswordInput
        ref={input}
        label={fixed === undefined ? t('field.password') : t('signIn.passwordOf', { email: fixed })}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        autoFocus={known !== ''}
        data-autofocus={known !== '' || undefined}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        onKeyDown={watchCaps}
        onKeyUp={watchCaps}
        onBlur={() => setCapsOn(false)}
        description={isCapsOn ? t('signIn.capsLock') : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
      />
      {fixed === undefined && (
        <p className={classes.aside}>
          <Link to="/reset">
            <T k="signIn.forgot" />
          </Link>
        </p>
      )}
      <Button type="submit" fullWidth size="md" mt="md" loading={signIn.isRunning}>
        <T k="signIn.go" />
      </Button>
      <OtherWays email={email.trim()} hasCode={hasCode} provider={provider} onNext={onNext} />
      {isOpen && (
        <p className={classes.register}>
          <Link to="/register">
            <T k="register.link" />
          </Link>
        </p>
      )}
      {footer}
    </form>
  )
}

function OtherWays({
  email,
  hasCode,
  provider,
  onNext,
}: StepProps & { email: string; hasCode: boolean; provider: string | null }) {
  const t = useT()
  const leave = useCommand<typeof signInRoutes>()('POST /sign-in/provider', { onDone: ({ url }) => location.assign(url) })
  const ask = useCommand<typeof signInRoutes>()('POST /sign-in/code', { onDone: () => onNext({ next: 'mailed' }) })
  return (
    <div className={classes.ways}>
      {provider !== null && (
        <Button
          variant="default"
          fullWidth
          leftSection={<IconBuildingCommunity size={18} />}
          loading={leave.isRunning}
          onClick={() => void leave.run({})}
        >
          {t('signIn.provider', { name: provider })}
        </Button>
      )}
      {hasPasskeys() && <PasskeyButton onNext={onNext} />}
      {hasCode && (
        <Button
          variant="default"
          fullWidth
          leftSection={<IconMail size={18} />}
          disabled={!email.includes('@')}
          loading={ask.isRunning}
          onClick={() => void ask.run({ email })}
        >
          <T k="signIn.mailCode" />
        </Button>
      )}
    </div>
  )
}

/** Signs in with a passkey of this device; as the first proof, or as the second. */
export function PasskeyButton({ onNext, trust = false }: StepProps & { trust?: boolean }) {
  const [turnedAway, setTurnedAway] = useState(false)
  const ask = useCommand<typeof signInRoutes>()('POST /sign-in/passkey')
  const prove = useCommand<typeof signInRoutes>()('POST /sign-in/passkey/answer', { onDone: onNext })
  const use = async () => {
    setTurnedAway(false)
    const question = await ask.run({})
    if (!question) return
    // Whoever closes the device's own question is back where they were.
    const answer = await answerPasskey(question.options).catch(() => undefined)
    if (answer) await prove.run({ answer, trust })
    else setTurnedAway(true)
  }
  return (
    <>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconFingerprint size={18} />}
        loading={ask.isRunning || prove.isRunning}
        onClick={() => void use()}
      >
        <T k="signIn.passkey" />
      </Button>
      {turnedAway && (
        <p className={classes.hint} role="status">
          <T k="signIn.passkeyAway" />
        </p>
      )}
    </>
  )
}
