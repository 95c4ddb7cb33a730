import { newId } from '#kit/id.ts'
import type { Client } from '#test/server.ts'

interface Written {
  readonly id?: string
  readonly businessDay: string
  readonly place?: string | null
  readonly memo: string
  /** Debits above zero, credits below. */
  readonly lines: readonly {
    readonly account: string | undefined
    readonly amount: string
    readonly memo?: string
    readonly party?: string
  }[]
}

/** A manual entry as it is written. */
export const written = ({ id = newId(), lines, ...head }: Written) => ({
  ...head,
  id,
  lines: lines.map(({ amount, ...line }) => ({
    ...line,
    ...(amount.startsWith('-') ? { credit: amount.slice(1) } : { debit: amount }),
  })),
})

/** Writes a manual entry and posts it. @returns the id of its paper */
export async function postEntry(by: Client, entry: Written): Promise<string> {
  const draft = written(entry)
  for (const [route, body] of [
    ['POST /journals', draft],
    [`POST /journals/${draft.id}/post`, {}],
  ] as const) {
    const answer = await by.call(route, body)
    if (answer.status >= 300) throw new Error(`${route}: ${JSON.stringify(answer.body)}`)
  }
  return draft.id
}
