import { hostname } from 'node:os'

const MOST_WAITING = 10_000
const BATCH = 500
const PAUSE_MS = 1_000
const LATER_MS = 10_000

let url: string | undefined
let authorization: string | undefined
let waiting: string[] = []
let dropped = 0
let timer: NodeJS.Timeout | undefined
let sending: Promise<void> | undefined

/**
 * Where lines of the log and of the activity go besides the standard output: to another system, by HTTPS, as lines of JSON
 * (application/x-ndjson), in their order. Nowhere by default. Who breaks into this machine does not reach what is there already.
 */
export function useLogServer(to: string | undefined, token?: string): void {
  url = to
  authorization = token ? `Bearer ${token}` : undefined
}

/** Hands over one line; returns at once and never fails. What finds the buffer full is counted, and the count is told. */
export function ship(facts: Readonly<Record<string, unknown>>): void {
  if (!url) return
  if (waiting.length >= MOST_WAITING) {
    dropped += 1
    return
  }
  waiting.push(JSON.stringify({ host: hostname(), ...facts }))
  timer ??= setTimeout(() => void flushLog(), PAUSE_MS).unref()
}

/** Sends what waits. Called by the clock, and once before the program ends. */
export function flushLog(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  sending = (sending ?? Promise.resolve()).then(sendAll)
  return sending
}

async function sendAll(): Promise<void> {
  for (let to = url; to && waiting.length > 0; to = url) {
    const lines = waiting.slice(0, BATCH)
    if (dropped > 0) lines.push(JSON.stringify({ host: hostname(), level: 'warn', message: 'lines were dropped', dropped }))
    try {
      const response = await fetch(to, {
        method: 'POST',
        redirect: 'error',
        headers: { 'content-type': 'application/x-ndjson', ...(authorization && { authorization }) },
        body: `${lines.join('\n')}\n`,
        signal: AbortSignal.timeout(10_000),
      })
      if (!response.ok) throw new Error(`answered ${response.status}`)
      waiting = waiting.slice(Math.min(BATCH, waiting.length))
      dropped = 0
    } catch {
      // Not logged: that line would have to go the same way.
      timer ??= setTimeout(() => void flushLog(), LATER_MS).unref()
      return
    }
  }
}
