import { useState } from 'react'
import { useSession } from '../session/session.tsx'
import type { Mentioned } from './mentions.ts'

interface Draft {
  readonly text: string
  readonly mentioned: readonly Mentioned[]
}

const EMPTY: Draft = { text: '', mentioned: [] }
/** By person and record. In memory only: anything may stand in a note, and the browser's storage tells it to whoever opens that. */
const kept = new Map<string, Draft>()

/** What is being written on a record: it waits while its writer looks at another page, and for nobody else. */
export function useNoteDraft(record: string): [Draft, (change: (now: Draft) => Draft) => void] {
  const { user } = useSession()
  const key = `${user?.id} ${record}`
  const [draft, setDraft] = useState<Draft>(() => kept.get(key) ?? EMPTY)
  const change = (next: (now: Draft) => Draft) =>
    setDraft((now) => {
      const made = next(now)
      if (made.text === '') kept.delete(key)
      else kept.set(key, made)
      return made
    })
  return [draft, change]
}
