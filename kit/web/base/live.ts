import { useEffect, useSyncExternalStore } from 'react'
import { queryClient, refresh } from './query.ts'

export type LiveState = 'live' | 'connecting' | 'offline'
export interface LiveEvent {
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
}

const listeners = new Set<(event: LiveEvent) => void>()
const watchers = new Set<() => void>()
let state: LiveState = 'connecting'
let cursor: string | undefined
let running: AbortController | undefined

function setState(next: LiveState) {
  if (next === state) return
  state = next
  for (const watcher of watchers) watcher()
}

/**
 * Listens to what happens on the server until the returned function is called. Read by hand and not with EventSource,
 * which only hears events whose names it was told before.
 */
export function startLive(): () => void {
  running?.abort()
  const control = (running = new AbortController())
  void keepReading(control.signal)
  const retry = () => setState(navigator.onLine ? 'connecting' : 'offline')
  window.addEventListener('offline', retry)
  control.signal.addEventListener('abort', () => window.removeEventListener('offline', retry))
  return () => control.abort()
}

async function keepReading(signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    try {
      await read(signal, () => {
        // After a gap, anything may have changed without an event that reached us.
        if (failures > 0 && cursor === undefined) void queryClient.invalidateQueries()
        failures = 0
      })
    } catch {
      failures += 1
    }
    if (signal.aborted) return
    if (failures > 0) setState(failures > 1 ? 'offline' : 'connecting')
    await pause(Math.min(500 * 2 ** failures, 20_000), signal)
  }
}

async function read(signal: AbortSignal, opened: () => void): Promise<void> {
  const response = await fetch('/api/live', {
    signal,
    headers: { accept: 'text/event-stream', ...(cursor && { 'last-event-id': cursor }) },
  })
  if (!response.ok || !response.body) throw new Error(`live: ${response.status}`)
  opened()
  setState('live')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const blocks = (rest + value).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) hear(block)
  }
}

function hear(block: string): void {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*:\s?/, '')]),
  )
  if (fields['id']) cursor = fields['id']
  if (!fields['event'] || !fields['data']) return
  // More was missed than is told one by one.
  if (fields['event'] === 'kit.reload') return void queryClient.invalidateQueries()
  const event = { name: fields['event'], data: JSON.parse(fields['data']) as Record<string, unknown> }
  queue(event.name.split('.')[0] ?? '')
  for (const listener of listeners) listener(event)
}

// A busy shop makes many events a second; screens are refreshed once for all of them.
const waiting = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined
function queue(area: string): void {
  waiting.add(area)
  timer ??= setTimeout(() => {
    timer = undefined
    const due = [...waiting]
    waiting.clear()
    void refresh(due)
  }, 250)
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(wait)
      window.removeEventListener('online', done)
      resolve()
    }
    const wait = setTimeout(done, ms)
    window.addEventListener('online', done)
    signal.addEventListener('abort', done, { once: true })
  })

/** Is this page hearing what happens? */
export const useLiveState = (): LiveState =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => state,
  )

/** Calls back for every event whose name starts so. Queries of the event's area are refreshed without this. */
export function useLive(prefix: string, heard: (event: LiveEvent) => void): void {
  useEffect(() => {
    const listener = (event: LiveEvent) => {
      if (event.name.startsWith(prefix)) heard(event)
    }
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [prefix, heard])
}
