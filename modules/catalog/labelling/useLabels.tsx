import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { reading, type OutputOf } from '#kit/web/base/api.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { MOST_NAMED, packItems, unpackItems, type Labelled } from '../label/label.rules.ts'
import { paperNames, type LabelPaperName } from './labels.ts'
import type { labelRoutes } from './labels.routes.ts'

type Shown = OutputOf<typeof labelRoutes, 'POST /catalog/labels/articles'>
export type Article = Shown['rows'][number]

export interface LabelChoice {
  readonly kind: 'shelf' | 'article'
  readonly paper: LabelPaperName
}

const STORED = 'duka.labels'
const FIRST_TIME: LabelChoice = { kind: 'shelf', paper: 'a4-3x8' }

function stored(): LabelChoice {
  try {
    const { kind, paper } = JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<LabelChoice>
    return {
      kind: kind === 'article' ? kind : FIRST_TIME.kind,
      paper: paper && paperNames.includes(paper) ? paper : FIRST_TIME.paper,
    }
  } catch {
    return FIRST_TIME
  }
}

/** What was chosen last at this device: the printer stands beside it. */
export function useLabelChoice(): [LabelChoice, (changes: Partial<LabelChoice>) => void] {
  const [choice, setChoice] = useState(stored)
  const change = (changes: Partial<LabelChoice>) => {
    const next = { ...choice, ...changes }
    localStorage.setItem(STORED, JSON.stringify(next))
    setChoice(next)
  }
  return [choice, change]
}

/** Whose labels, and how many of each: it stands in the address, so that it may be loaded anew and sent to somebody. */
export function useLabelled() {
  const { place: own, places } = useSession()
  const [search, setSearch] = useSearch()
  const known = (id: string | undefined) => places.find((one) => one.id === id)?.id
  const place = known(search['place']) ?? own?.id ?? places[0]?.id ?? ''
  const items = unpackItems(search['of'] ?? '')
  const products = unpackItems(search['products'] ?? '').map(({ variant }) => variant)
  const input = { place, variants: items.map(({ variant }) => variant), products }
  const query = useQuery({
    ...reading<Shown>('POST /catalog/labels/articles', input),
    enabled: place !== '' && items.length + products.length > 0,
    placeholderData: (before) => before,
  })
  const setItems = (next: readonly Labelled[]) => setSearch({ of: packItems(next.slice(0, MOST_NAMED)), products: undefined })
  useEffect(() => {
    // Products are asked for once, for their variants; from then on the variants stand there.
    if (products.length > 0 && query.data && !query.isPlaceholderData)
      setItems(query.data.rows.map(({ id }) => items.find(({ variant }) => variant === id) ?? { variant: id, count: 1 }))
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- when the answer is there
  }, [query.data, query.isPlaceholderData])
  return {
    place,
    setPlace: (id: string) => setSearch({ place: id }),
    items,
    setItems,
    query,
    /** So many more were asked for than an address holds. */
    more: /^\d{1,6}$/.test(search['more'] ?? '') ? Number(search['more']) : 0,
  }
}
