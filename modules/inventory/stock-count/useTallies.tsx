import { useEffect, useRef, useState } from 'react'
import { newId } from '#kit/id.ts'
import { send } from '#kit/web/base/api.ts'
import { serverNow } from '#kit/web/base/clock.ts'
import { refresh } from '#kit/web/base/query.ts'
import { isOffline } from '#kit/web/base/request.ts'
import { useSession } from '#kit/web/session/session.tsx'
import type { stockCountRoutes } from './stock-count.routes.ts'

/** What was typed or scanned and the server does not have yet. The quantity in millionths; what is no number stays as typed. */
interface Kept {
  readonly id: string
  readonly line: string
  readonly round: number
  readonly quantity: string | null
  readonly countedAt: string
}
const AGAIN_MS = 3_000
const MOST = 500

/**
 * What somebody counts on this device: kept on it until the server has it, so that a network that is away loses nothing and the
 * page may be closed. What is being typed waits until its field is left.
 */
export function useTallies(count: { id: string; round: number }, isRight: (line: string, quantity: string | null) => boolean) {
  const { user } = useSession()
  const key = `duka.tallies.${user?.id}.${count.id}`
  const [kept, setKept] = useState<readonly Kept[]>(() => stored(key))
  const [sent, setSent] = useState<Readonly<Record<string, string | null>>>({})
  const [typing, setTyping] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [turn, again] = useState(0)
  const isSending = useRef(false)
  const change = (next: (before: readonly Kept[]) => readonly Kept[]) =>
    setKept((before) => {
      const after = next(before)
      if (after.length === 0) localStorage.removeItem(key)
      else localStorage.setItem(key, JSON.stringify(after))
      return after
    })
  useEffect(() => {
    const ready = kept.filter((one) => one.line !== typing && isRight(one.line, one.quantity))
    const due = ready.filter((one) => one.round === ready[0]!.round).slice(0, MOST)
    if (due.length === 0 || isSending.current || (problem !== null && !isOffline(problem))) return
    isSending.current = true
    void post(count.id, due)
      .then(() => {
        setProblem(null)
        setSent((before) => ({ ...before, ...Object.fromEntries(due.map((one) => [one.line, one.quantity])) }))
        const gone = new Set(due.map((one) => one.id))
        change((before) => before.filter((one) => !gone.has(one.id)))
        void refresh(['inventory'])
      }, setProblem)
      .finally(() => {
        isSending.current = false
        again((n) => n + 1)
      })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is kept, and another turn, are all that it goes by
  }, [kept, typing, turn, problem])
  useEffect(() => {
    if (!isOffline(problem)) return
    const retry = () => again((n) => n + 1)
    const timer = setInterval(retry, AGAIN_MS)
    addEventListener('online', retry)
    return () => {
      clearInterval(timer)
      removeEventListener('online', retry)
    }
  }, [problem])
  return {
    /** What this person has said of a line on this device; `undefined` when nothing. */
    of: (line: string): string | null | undefined => {
      const own = kept.find((one) => one.line === line)
      return own ? own.quantity : sent[line]
    },
    say: (line: string, quantity: string | null) => {
      const one = { id: newId(), line, round: count.round, quantity, countedAt: serverNow() }
      change((before) => [...before.filter((other) => other.line !== line), one])
    },
    setTyping,
    waiting: kept.length,
    problem,
    retry: () => setProblem(null),
    discard: () => {
      change(() => [])
      setProblem(null)
    },
  }
}
export type Tallies = ReturnType<typeof useTallies>

/** Each fact has an id of its own: sent again, it is the same. */
const post = (id: string, due: readonly Kept[]) =>
  send<typeof stockCountRoutes>()(
    'POST /inventory/stock-counts/:id/tallies',
    { id, round: due[0]!.round, tallies: due.map(({ round: _, ...one }) => one) } as never,
    { key: newId() },
  )

function stored(key: string): readonly Kept[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '[]') as Kept[]
  } catch {
    return []
  }
}
