import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { BarePage } from '#kit/web/look/BarePage.tsx'
import { useCommand } from '#kit/web/base/command.tsx'
import { useEnter } from '#kit/web/session/enter.ts'
import { NewPassword } from '#kit/web/session/NewPassword.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { useSent } from '#kit/web/session/sent.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { resetRoutes } from './reset/reset.routes.ts'
import { SignInSteps } from './front-door/SignInSteps.tsx'
import classes from './sign-in/sign-in.module.css'

/** A forgotten password: the address, then the code that was mailed to it. The link in the mail leads to a page of its own. */
export default function ResetPage() {
  const t = useT()
  const sent = useSent()
  const [email, setEmail] = useState(() => localStorage.getItem('duka.email') ?? '')
  const [isAsked, setAsked] = useState(false)
  return (
    <BarePage title={t('reset.title')} hint={sent(t(isAsked ? 'reset.mailed' : 'reset.hint', { email }), '@')}>
      {isAsked ? <ByCode email={email} /> : <Ask email={email} onEmail={setEmail} onAsked={() => setAsked(true)} />}
    </BarePage>
  )
}

function Ask({ email, onEmail, onAsked }: { email: string; onEmail: (email: string) => void; onAsked: () => void }) {
  const t = useT()
  const { leaves } = useSession()
  const ask = useCommand<typeof resetRoutes>()('POST /reset', { quiet: true, onDone: onAsked })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void ask.run({ email: email.trim() })
      }}
    >
      {ask.problem && <ProblemNote of={ask.problem} />}
      <TextInput
        label={t('field.email')}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        dir="ltr"
        autoFocus
        value={email}
        onChange={(event) => onEmail(event.currentTarget.value)}
      />
      <Button type="submit" fullWidth size="md" mt="lg" loading={ask.isRunning} disabled={!email.includes('@')}>
        <T k={leaves.mail ? 'reset.send' : 'common.next'} />
      </Button>
      <p className={classes.aside}>
        <Link to="/sign-in">
          <T k="reset.back" />
        </Link>
      </p>
    </form>
  )
}

function ByCode({ email }: { email: string }) {
  const t = useT()
  const enter = useEnter()
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [isMore, setMore] = useState(false)
  const reset = useCommand<typeof resetRoutes>()('POST /reset/password', {
    quiet: true,
    onDone: ({ next }) => (next === 'enter' ? void enter() : setMore(true)),
  })
  if (isMore) return <SignInSteps onDone={() => void enter()} />
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void reset.run({ key: { email: email.trim(), code }, password })
      }}
    >
      {reset.problem && <ProblemNote of={reset.problem} />}
      <TextInput
        label={t('signIn.way.emailCode')}
        autoComplete="one-time-code"
        inputMode="numeric"
        dir="ltr"
        autoFocus
        maxLength={9}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        mb="md"
      />
      <NewPassword label={t('field.newPassword')} value={password} onChange={setPassword} />
      <Button
        type="submit"
        fullWidth
        size="md"
        mt="lg"
        loading={reset.isRunning}
        disabled={code.replace(/\D/g, '').length < 6 || password === ''}
      >
        <T k="reset.go" />
      </Button>
    </form>
  )
}
