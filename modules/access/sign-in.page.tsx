import { useCallback, useEffect, useRef } from 'react'
import { BarePage } from '#kit/web/look/BarePage.tsx'
import { useEnter } from '#kit/web/session/enter.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { SignInSteps } from './front-door/SignInSteps.tsx'

/** Who comes here first. */
export default function SignInPage() {
  const t = useT()
  const { company, user } = useSession()
  const [{ to }] = useSearch()
  const enter = useEnter()
  const isEntering = useRef(false)
  const goIn = useCallback(() => {
    // Once: a second one would throw somebody back who has gone on meanwhile.
    if (isEntering.current) return
    isEntering.current = true
    void enter()
  }, [enter])
  // Signed in already, on another tab, or by unlocking: there is nothing to ask.
  useEffect(() => {
    if (user) goIn()
  }, [user, goIn])
  const hint = to ? 'signIn.hintBack' : company ? 'signIn.hint' : 'signIn.hintPlain'
  return (
    <BarePage title={t('signIn.title')} hint={t(hint, { company: company?.name ?? '' })}>
      <SignInSteps onDone={goIn} />
    </BarePage>
  )
}
