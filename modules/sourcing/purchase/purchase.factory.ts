import { newId } from '#kit/id.ts'
import type { Client } from '#test/server.ts'

/** A supplier. */
export async function aSupplier(owner: Client, name: string, more: object = {}): Promise<string> {
  const { status, body } = await owner.call('POST /parties', { name, kind: 'organization', roles: ['supplier'], ...more })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body.id
}

export interface Ordered {
  readonly variant: string
  /** Whole units. */
  readonly quantity: number | bigint
  readonly price: bigint
  readonly taxRate?: string
  readonly code?: string
}

export const lineOf = ({ quantity, price, ...rest }: Ordered) => ({
  ...rest,
  quantity: String(BigInt(quantity) * 1_000_000n),
  price: String(price),
})

/** A draft of an order. */
export const aDraft = (
  by: Client,
  { supplier, location }: { supplier: string; location: string },
  lines: readonly Ordered[],
  more: object = {},
) => by.call('POST /sourcing/purchases', { id: newId(), supplier, location, lines: lines.map(lineOf), ...more })

/** An order that was approved. @returns its id and those of its lines */
export async function anOrder(
  by: Client,
  at: { supplier: string; location: string },
  lines: readonly Ordered[],
  more: object = {},
): Promise<{ id: string; number: string; lines: string[] }> {
  const draft = await aDraft(by, at, lines, more)
  if (draft.status !== 201) throw new Error(JSON.stringify(draft.body))
  const { id, number } = draft.body
  for (const verb of ['submit', 'approve']) {
    const { status, body } = await by.call(`POST /sourcing/purchases/${id}/${verb}`)
    if (status !== 201) throw new Error(`${verb}: ${JSON.stringify(body)}`)
  }
  const { body } = await by.call(`GET /sourcing/purchases/${id}`)
  return { id, number, lines: (body.lines as { id: string }[]).map((line) => line.id) }
}
