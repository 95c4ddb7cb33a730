import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { BarePage } from '#kit/web/look/BarePage.tsx'
import { useCommand } from '#kit/web/base/command.tsx'
import { useEnter } from '#kit/web/session/enter.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { NewPassword } from '#kit/web/session/NewPassword.tsx'
import { Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { resetRoutes } from './reset/reset.routes.ts'
import { SignInSteps } from './front-door/SignInSteps.tsx'

/** A new password by the link of the mail. */
export default function ResetLinkPage() {
  const t = useT()
  const token = usePathParam('token')
  const enter = useEnter()
  const [state, setState] = useState<'asking' | 'more' | 'done'>('asking')
  const { data, error, isPending } = useQuery({
    ...api<typeof resetRoutes>('reset')('GET /reset/:token', { token }),
    // Once used the link is over: it is not asked about again on the way in.
    enabled: state === 'asking',
  })
  if (state === 'asking' && error)
    return (
      <BarePage title={t('reset.title')}>
        <Problem of={error} />
        <LinkButton to="/reset" variant="default" fullWidth>
          <T k="reset.another" />
        </LinkButton>
      </BarePage>
    )
  return (
    <BarePage title={t('reset.newTitle')} hint={data && t('reset.newHint', { email: data.email })}>
      {state === 'more' ? (
        <SignInSteps onDone={() => void enter()} />
      ) : isPending ? (
        <Skeleton h={140} />
      ) : (
        <NewOne
          token={token}
          email={data?.email ?? ''}
          onDone={(next) => {
            setState(next === 'enter' ? 'done' : 'more')
            if (next === 'enter') void enter()
          }}
        />
      )}
    </BarePage>
  )
}

function NewOne({ token, email, onDone }: { token: string; email: string; onDone: (next: string) => void }) {
  const t = useT()
  const [password, setPassword] = useState('')
  const reset = useCommand<typeof resetRoutes>()('POST /reset/password', { quiet: true, onDone: ({ next }) => onDone(next) })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void reset.run({ key: { token }, password })
      }}
    >
      {reset.problem && <ProblemNote of={reset.problem} />}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <NewPassword label={t('field.newPassword')} autoFocus value={password} onChange={setPassword} />
      <Button type="submit" fullWidth size="md" mt="lg" loading={reset.isRunning} disabled={password === ''}>
        <T k="reset.go" />
      </Button>
    </form>
  )
}
