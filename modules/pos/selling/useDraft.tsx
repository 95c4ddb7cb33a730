import { useCallback, useEffect, useState } from 'react'
import type { BackDraft } from '../back/back.rules.ts'
import { newId } from '#kit/id.ts'
import { emptyDraft, type Draft } from './draft.rules.ts'

const slot = (till: string) => `duka.till.${till}`

function stored(till: string): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(slot(till)) ?? 'null') as Draft | null
    if (kept && Array.isArray(kept.lines) && typeof kept.id === 'string') return kept
  } catch {
    // What cannot be read is not a basket.
  }
  return emptyDraft(newId())
}

/** What comes back is set against what is bought next: it lies in the basket of the till, and so does its customer. */
export function putIntoBasket(till: string, back: BackDraft, customer: Draft['customer'] | null): void {
  const draft = stored(till)
  localStorage.setItem(slot(till), JSON.stringify({ ...draft, back, ...(customer && !draft.customer && { customer }) }))
}

/** The basket of a till; written to the device at every change, so a reload or a power cut keeps it. PINs are never written. */
export function useDraft(till: string): [Draft, (change: (draft: Draft) => Draft) => void, () => void] {
  const [draft, set] = useState(() => stored(till))
  useEffect(() => {
    const kept = draft
    localStorage.setItem(slot(till), JSON.stringify(kept))
  }, [draft, till])
  const restart = useCallback(() => set(emptyDraft(newId())), [])
  return [draft, set, restart]
}
