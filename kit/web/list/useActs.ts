import { useRef, useState } from 'react'
import type { Entity } from '../../entity.ts'
import { newId } from '../../id.ts'
import type { NotDone } from '../../picked.ts'
import type { WireRow } from '../entity/entity.ts'
import { refresh } from '../base/query.ts'
import { request } from '../base/request.ts'

export type Act = { readonly verb: string } | { readonly changes: Readonly<Record<string, unknown>> }

export interface ActsState {
  /** What it is about, as it was picked: what is put aside leaves the list. */
  readonly rows: readonly WireRow[]
  readonly done: number
  readonly refused: readonly NotDone[]
  readonly isRunning: boolean
  /** What kept the rest from being tried: no connection, no right. */
  readonly problem?: unknown
}

interface Portion {
  readonly ids: readonly string[]
  readonly key: string
}

/** So many at a time: few enough that something is seen to go on. */
const PORTION = 50

/** Does one act to many records, some at a time; a portion that did not arrive is sent again with its key. */
export function useActs(entity: Entity) {
  const [state, setState] = useState<ActsState | null>(null)
  const left = useRef<{ act: Act; portions: Portion[] }>({ act: { verb: '' }, portions: [] })
  const go = async () => {
    const { act, portions } = left.current
    try {
      for (let portion = portions[0]; portion; portion = portions[0]) {
        const body = { ids: portion.ids, ...act }
        const { done, refused } = await request<{ done: number; refused: NotDone[] }>('POST', `${entity.path}/acts`, body, {
          key: portion.key,
        })
        portions.shift()
        setState((now) => now && { ...now, done: now.done + done, refused: [...now.refused, ...refused] })
      }
      setState((now) => now && { ...now, isRunning: false })
    } catch (problem) {
      setState((now) => now && { ...now, isRunning: false, problem })
    }
    await refresh([entity.name.split('.')[0] ?? ''])
  }
  return {
    state,
    forget: () => setState(null),
    async run(rows: readonly WireRow[], act: Act) {
      const ids = rows.map(({ id }) => id)
      const portions = Array.from({ length: Math.ceil(ids.length / PORTION) }, (_, at) => ({
        ids: ids.slice(at * PORTION, (at + 1) * PORTION),
        key: newId(),
      }))
      left.current = { act, portions }
      setState({ rows, done: 0, refused: [], isRunning: true })
      await go()
    },
    /** What was not tried is tried again. */
    async again() {
      setState((now) => {
        if (!now) return null
        const { problem: _, ...rest } = now
        return { ...rest, isRunning: true }
      })
      await go()
    },
  }
}
