import { useQuery } from '@tanstack/react-query'
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react'
import type { Digits } from '../../words.ts'
import { proveDevice } from './device.ts'
import type { Clock } from './period.ts'
import { queryClient } from '../base/query.ts'
import { request, tellSignedOut } from '../base/request.ts'

export interface SessionPlace {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly kind: string
  readonly timeZone: string
  readonly cutOffHour: number
}

/** What `GET /api/session` tells. */
export interface SessionFacts {
  readonly setUp: boolean
  /** What can be sent to people from here; nothing else is promised to them. */
  readonly leaves: { readonly mail: boolean; readonly sms: boolean }
  readonly user: null | {
    id: string
    name: string
    email: string
    phones?: readonly string[]
    codePhone?: string | null
    photo?: string | null
    photoX?: number
    photoY?: number
    locale: string
    digits?: Digits
    calendar?: string
    hasPin?: boolean
    roles: string[]
  }
  readonly permissions: Readonly<Record<string, { all: boolean; places: string[]; own: boolean }>>
  /** Before the sign-in only its name and language. */
  readonly company: null | {
    name: string
    locale: string
    country?: string
    currency?: string
    timeZone?: string
    cutOffHour?: number
    languages?: string[]
    pricesIncludeTax?: boolean
    /** Parts of the business that this company does not use. */
    areasOff?: readonly string[]
  }
  readonly places: readonly SessionPlace[]
  /** How long this session lives without a hand on it, and when it asks for a PIN. */
  readonly life?: { readonly idleMinutes: number; readonly lockMinutes: number | null }
  /** Somebody else looks through this person's eyes: their name. */
  readonly viewedBy?: string | null
  /** This device waits for a PIN; whose it is. */
  readonly locked?: { readonly name: string } | null
  /** This session is bound to its device, which must show now that it is here. */
  readonly unproven?: boolean
}

export const sessionQuery = {
  queryKey: ['session'] as const,
  queryFn: async () => {
    let facts = await request<SessionFacts>('GET', '/session')
    if (facts.unproven && (await proveDevice())) facts = await request<SessionFacts>('GET', '/session')
    const before = queryClient.getQueryData<SessionFacts>(['session'])
    // Locked: what stands on the screen stays behind the question for the PIN.
    if (facts.locked) return before?.user ? { ...before, locked: facts.locked } : facts
    // It ran out while a page stands open: the page stays as it is, and the person is asked for the password over it.
    // Whoever signed out themselves has taken what was remembered away first.
    const ranOut = before?.user && facts.setUp && !facts.user && localStorage.getItem('duka.session') !== null
    if (!ranOut) return facts
    tellSignedOut()
    return before
  },
  staleTime: 5 * 60_000,
}

/** May this person do it at all, and, when a place is named, there? The page hides by it; the server decides. */
export function mayDo(session: SessionFacts, permission: string | undefined, place?: string | null): boolean {
  if (permission === undefined || permission === 'public') return true
  if (permission === 'signedIn') return session.user !== null
  const reach = session.permissions[permission]
  if (!reach) return false
  return place === undefined || place === null || reach.all || reach.places.includes(place)
}

export interface Session extends SessionFacts {
  readonly may: (permission: string | undefined, place?: string | null) => boolean
  /** Where this person works at the moment, chosen in the top bar; null is everywhere. */
  readonly place: SessionPlace | null
  readonly setPlace: (id: string | null) => void
  readonly currency: string
  readonly timeZone: string
  /** Whose business day it is: that of the place where this person works, else the company's. */
  readonly clock: Clock
}

const STORED = 'duka.place'

interface Known {
  /** `undefined` until the server has answered for the first time. */
  readonly session: Session | undefined
  readonly place: string | null
  readonly setPlace: (id: string | null) => void
}
const SessionContext = createContext<Known | null>(null)

/** Reads the session once for everything below: a screen shows hundreds of amounts, and each asks for the currency. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { data } = useQuery(sessionQuery)
  const [place, show] = useState(() => localStorage.getItem(STORED))
  const setPlace = useCallback((next: string | null) => {
    if (next) localStorage.setItem(STORED, next)
    else localStorage.removeItem(STORED)
    show(next)
  }, [])
  const known = useMemo(() => ({ session: data && sessionOf(data, place, setPlace), place, setPlace }), [data, place, setPlace])
  return <SessionContext value={known}>{children}</SessionContext>
}

function sessionOf(data: SessionFacts, wanted: string | null, setPlace: Known['setPlace']): Session {
  const only = data.places.length === 1 ? data.places[0]! : null
  const place = data.places.find((one) => one.id === wanted) ?? only
  const timeZone = (place ?? data.places[0])?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const { company } = data
  return {
    ...data,
    may: (permission, at) => mayDo(data, permission, at),
    place,
    setPlace,
    currency: company?.currency ?? 'USD',
    timeZone,
    clock: place ?? { timeZone: company?.timeZone ?? timeZone, cutOffHour: company?.cutOffHour ?? 0 },
  }
}

/** Who is here, what they may do, and where they work. A page is shown only when this is known. */
export function useSession(): Session {
  const known = use(SessionContext)
  if (!known) throw new Error('useSession needs a SessionProvider above it')
  if (known.session) return known.session
  // The guard of a page may have the answer a moment before the provider is told.
  const data = queryClient.getQueryData<SessionFacts>(sessionQuery.queryKey)
  if (!data) throw new Error('the session is not known yet')
  return sessionOf(data, known.place, known.setPlace)
}

/** Shows its children to those who may: `<Can do="pos.sale.refund">…</Can>`. */
export function Can({
  do: permission,
  at,
  children,
  otherwise = null,
}: {
  do: string
  at?: string | null
  children: ReactNode
  otherwise?: ReactNode
}) {
  return useSession().may(permission, at) ? children : otherwise
}
