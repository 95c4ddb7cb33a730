import { Skeleton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { BarePage } from '#kit/web/look/BarePage.tsx'
import { useCommand } from '#kit/web/base/command.tsx'
import { useEnter } from '#kit/web/session/enter.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { Problem } from '#kit/web/look/parts.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { SignInSteps } from './SignInSteps.tsx'
import type { signInRoutes } from './sign-in.routes.ts'

/** Where the provider sends people back to, with its answer in the address. */
export default function ReturnPage() {
  const t = useT()
  const enter = useEnter()
  const [isMore, setMore] = useState(false)
  const isSent = useRef(false)
  const prove = useCommand<typeof signInRoutes>()('POST /sign-in/provider/answer', {
    quiet: true,
    onDone: ({ next }) => (next === 'enter' ? void enter() : setMore(true)),
  })
  const send = prove.run
  useEffect(() => {
    if (isSent.current) return
    isSent.current = true
    void send({ search: location.search || '?' })
  }, [send])
  if (isMore)
    return (
      <BarePage title={t('signIn.title')}>
        <SignInSteps onDone={() => void enter()} />
      </BarePage>
    )
  return (
    <BarePage title={t('signIn.title')}>
      {prove.problem ? (
        <>
          <Problem of={prove.problem} />
          <LinkButton to="/sign-in" variant="default" fullWidth>
            <T k="reset.back" />
          </LinkButton>
        </>
      ) : (
        <Skeleton h={90} />
      )}
    </BarePage>
  )
}
