import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { request, toQuery } from '../base/request.ts'

export interface Mentioned {
  readonly id: string
  readonly name: string
}

/** A name that is being typed: where it begins, and what there is of it. */
interface Open {
  readonly from: number
  readonly to: number
  readonly typed: string
}

const BEGUN = /(?:^|[\s(])@([\p{L}\p{M}\p{N}.'’ -]{0,40})$/u

/** Whom the name that is being typed may be, and what becomes of the text when one is chosen. */
export function useMentions(path: string) {
  const [open, setOpen] = useState<Open | null>(null)
  const { data } = useQuery({
    queryKey: ['people', path, open?.typed ?? ''],
    queryFn: ({ signal }) =>
      request<{ rows: readonly Mentioned[] }>('GET', `${path}/people${toQuery({ q: open?.typed ?? '' })}`, undefined, { signal }),
    enabled: open !== null,
    placeholderData: (before) => before,
  })
  return {
    found: open ? (data?.rows ?? []) : [],
    close: () => setOpen(null),
    look(field: HTMLTextAreaElement | null) {
      const at = field?.selectionStart ?? 0
      const [, typed] = BEGUN.exec(field?.value.slice(0, at) ?? '') ?? []
      setOpen(typed === undefined ? null : { from: at - typed.length, to: at, typed })
    },
    insert(text: string, one: Mentioned): { text: string; at: number } {
      const { from, to } = open ?? { from: text.length, to: text.length }
      setOpen(null)
      return { text: `${text.slice(0, from)}${one.name} ${text.slice(to)}`, at: from + one.name.length + 1 }
    },
  }
}
