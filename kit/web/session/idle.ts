import { useEffect } from 'react'
import { queryClient } from '../base/query.ts'
import { request, tellSignedOut } from '../base/request.ts'
import { sessionQuery, type Session } from './session.tsx'

const HANDS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
const LOOK_MS = 5_000
const STORED = 'duka.hand'

let unsaved = 0
/** Work that is not saved holds the idle clock back: nobody is signed out in the middle of a form. */
export function useUnsaved(when: boolean): void {
  useEffect(() => {
    if (!when) return
    unsaved += 1
    return () => {
      unsaved -= 1
    }
  }, [when])
}

// All tabs of a browser are one person: a hand on one of them counts for all.
const touched = () => localStorage.setItem(STORED, String(Date.now()))
const idleMs = () => Date.now() - Number(localStorage.getItem(STORED) ?? Date.now())

/**
 * Watches whether there is a hand on this device. After the minutes of the session a shared device asks for the PIN, and
 * any other one for the sign-in; what stands on the screen stays behind the question.
 */
export function useIdle({ user, life, locked }: Session): void {
  const isOn = user !== null && !locked
  const lockMs = user?.hasPin && life?.lockMinutes ? life.lockMinutes * 60_000 : Infinity
  const endMs = life ? life.idleMinutes * 60_000 : Infinity
  useEffect(() => {
    if (!isOn) return
    touched()
    const look = setInterval(() => {
      const idle = idleMs()
      if (idle >= lockMs) void lock()
      else if (idle >= endMs) void (unsaved > 0 ? keepAlive() : end())
    }, LOOK_MS)
    let wrote = 0
    const hand = () => {
      if (Date.now() - wrote < 1_000) return
      wrote = Date.now()
      touched()
    }
    for (const name of HANDS) window.addEventListener(name, hand, { passive: true, capture: true })
    return () => {
      clearInterval(look)
      for (const name of HANDS) window.removeEventListener(name, hand, { capture: true })
    }
  }, [isOn, lockMs, endMs])
}

async function lock(): Promise<void> {
  // Refused, or out of reach: the next look tries again.
  await request('POST', '/session/lock', {}).catch(() => undefined)
  await queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
}

/** The server counts a question as a hand. */
const keepAlive = () => request('GET', '/session').catch(() => undefined)

async function end(): Promise<void> {
  await request('POST', '/sign-out', {}).catch(() => undefined)
  tellSignedOut()
}
