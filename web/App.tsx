import { DirectionProvider, MantineProvider, MantineThemeProvider, useDirection } from '@mantine/core'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react'
import { direction } from '#kit/words.ts'
import { PagesContext } from '#kit/web/base/page.ts'
import { queryClient } from '#kit/web/base/query.ts'
import { useIdle } from '#kit/web/session/idle.ts'
import { onApprovalNeeded, onLocked, onProveAgain, onSignedOut, request, type ProblemError } from '#kit/web/base/request.ts'
import { SessionProvider, sessionQuery, useSession, type SessionFacts } from '#kit/web/session/session.tsx'
import { takeChosenLanguage, useLanguage, useT, WordsProvider } from '#kit/web/base/words.tsx'
import { makeRouter } from './router.tsx'
import { barePages } from './site.ts'
import { StartFailed } from './shell/StartFailed.tsx'
import { schemeManager } from './scheme.ts'
import { theme, variables } from './theme.ts'

// Neither is needed before the first page stands.
const Notices = lazy(async () => ({ default: (await import('./shell/Notices.tsx')).Notices }))
const ViewingBar = lazy(async () => ({ default: (await import('#modules/access/view/ViewingBar.tsx')).ViewingBar }))
const SecondPerson = lazy(async () => ({
  default: (await import('#modules/policy/approval/SecondPerson.tsx')).SecondPerson,
}))
const ProveAgain = lazy(async () => ({ default: (await import('#modules/access/device/ProveAgain.tsx')).ProveAgain }))
const LockScreen = lazy(async () => ({ default: (await import('#modules/access/device/LockScreen.tsx')).LockScreen }))
const SignInAgain = lazy(async () => ({ default: (await import('#modules/access/front-door/SignInAgain.tsx')).SignInAgain }))

export function App({ language }: { language: string }) {
  return (
    <QueryClientProvider client={queryClient}>
      <DirectionProvider initialDirection={direction(language)} detectDirection={false}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={variables}
          colorSchemeManager={schemeManager}
          defaultColorScheme="auto"
        >
          <Localised language={language} />
        </MantineProvider>
      </DirectionProvider>
    </QueryClientProvider>
  )
}

function Localised({ language }: { language: string }) {
  const { data, error, refetch } = useQuery(sessionQuery)
  useRememberedSession(data)
  return (
    <WordsProvider
      first={language}
      digits={data?.user?.digits ?? 'latn'}
      {...(data?.company?.country && { region: data.company.country })}
      {...(data?.company?.currency && { currency: data.company.currency })}
    >
      <FollowDirection user={data?.user ?? null} />
      <NamedParts>
        <Suspense>
          <Notices />
        </Suspense>
        {data ? <Routed /> : error ? <StartFailed error={error} retry={() => void refetch()} /> : null}
      </NamedParts>
    </WordsProvider>
  )
}

/** Buttons that Mantine draws by itself get a name in the person's language. */
function NamedParts({ children }: { children: ReactNode }) {
  const t = useT()
  const named = useMemo(() => {
    const closes = { defaultProps: { closeButtonProps: { 'aria-label': t('common.close') } } }
    return { components: { Modal: closes, Drawer: closes, Notification: closes } }
  }, [t])
  return <MantineThemeProvider theme={named}>{children}</MantineThemeProvider>
}

function Routed() {
  const [pages, setPages] = useState(barePages)
  const router = useMemo(() => makeRouter(barePages, setPages), [])
  const [isOver, setOver] = useState(false)
  useEffect(() =>
    onSignedOut(() => {
      const isKnown = queryClient.getQueryData<SessionFacts>(sessionQuery.queryKey)?.user
      if (isKnown) void isReallyOver().then((over) => (over ? setOver(true) : void queryClient.invalidateQueries()))
      else void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }).then(() => router.invalidate())
    }),
  )
  const leave = async () => {
    localStorage.removeItem('duka.session')
    setOver(false)
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    // Asked anew, not taken away: what shows the session goes on watching it.
    await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
    await router.invalidate()
  }
  return (
    <PagesContext value={pages}>
      <SessionProvider>
        <RouterProvider router={router} />
        <Suspense>
          <Proofs />
        </Suspense>
        <Suspense>
          <Viewing />
        </Suspense>
        <Suspense>
          <Agreements />
        </Suspense>
        <Suspense>
          <Lock onOther={() => void leave()} />
        </Suspense>
        <Suspense>{isOver && <SignInAgain onDone={() => setOver(false)} onOther={() => void leave()} />}</Suspense>
      </SessionProvider>
    </PagesContext>
  )
}

/** A question that was on its way while the token changed hands is refused too; so the session itself is asked. */
const isReallyOver = () =>
  request<SessionFacts>('GET', '/session').then(
    (facts) => !facts.user && !facts.locked,
    () => true,
  )

/** Something risky was asked for: the answer to "is it you?" goes back to the request that waits for it. */
function Proofs() {
  const [waiting, setWaiting] = useState<((hasProven: boolean) => void)[]>([])
  useEffect(() => onProveAgain(() => new Promise((resolve) => setWaiting((all) => [...all, resolve]))), [])
  if (waiting.length === 0) return null
  const answer = (hasProven: boolean) => {
    setWaiting([])
    for (const resolve of waiting) resolve(hasProven)
  }
  return <ProveAgain onDone={answer} />
}

/** Fetched only by those who look through somebody else's eyes. */
function Viewing() {
  const { viewedBy } = useSession()
  return viewedBy ? <ViewingBar /> : null
}

/** Something that needs a second person was asked for: their agreement goes back to the request that waits for it. */
function Agreements() {
  const [waiting, setWaiting] = useState<{ problem: ProblemError; answer: (approval: string | null) => void }[]>([])
  useEffect(() => onApprovalNeeded((problem) => new Promise((answer) => setWaiting((all) => [...all, { problem, answer }]))), [])
  const [first] = waiting
  if (!first) return null
  const done = (approval: string | null) => {
    setWaiting((all) => all.filter((one) => one !== first))
    first.answer(approval)
  }
  return <SecondPerson key={waiting.length} problem={first.problem} onDone={done} />
}

/** Locks a shared device that nobody touches, and ends a session that nobody uses. */
function Lock({ onOther }: { onOther: () => void }) {
  const session = useSession()
  useIdle(session)
  useEffect(() => onLocked(() => void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })))
  if (!session.locked) return null
  const open = async () => {
    await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
    await queryClient.invalidateQueries()
  }
  // Drafts and lists of the first person are not the second one's to see.
  const change = () => {
    localStorage.removeItem('duka.session')
    location.assign('/')
  }
  return <LockScreen name={session.locked.name} onDone={() => void open()} onSwitched={change} onOther={onOther} />
}

/**
 * The person's own language wins over the one of this browser, unless they chose another one just before they signed in:
 * that is theirs from now on. The direction of everything follows it.
 */
function FollowDirection({ user }: { user: SessionFacts['user'] }) {
  const locale = user?.locale
  const { language, setLanguage } = useLanguage()
  const { setDirection } = useDirection()
  useEffect(() => setDirection(direction(language)), [language, setDirection])
  useEffect(() => {
    if (!user || !locale) return
    const chosen = takeChosenLanguage()
    if (!chosen || chosen === locale) return void setLanguage(locale)
    void setLanguage(chosen)
    void request('POST', '/profile', { name: user.name, locale: chosen, digits: user.digits })
      .then(() => queryClient.invalidateQueries())
      .catch(() => undefined)
    // oxlint-disable-next-line react/exhaustive-deps -- once for each language of a person
  }, [locale, setLanguage])
  return null
}

/** Kept for opening without a network; gone with the sign-out. */
function useRememberedSession(data: unknown) {
  useEffect(() => {
    const isSignedIn = (data as { user?: unknown } | undefined)?.user
    if (isSignedIn) localStorage.setItem('duka.session', JSON.stringify(data))
    else if (data) localStorage.removeItem('duka.session')
  }, [data])
}
