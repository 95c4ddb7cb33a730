import { whole, type Part } from '#kit/part.ts'
import type { Tx } from '#kit/server/door/context.ts'

/** A place that somebody made. */
export interface OpenedPlace {
  readonly id: string
  readonly name: string
  readonly code: string
}

const hearers = whole<(tx: Tx, place: OpenedPlace) => Promise<void>>()
/** Gives a new place, in the same transaction, what nobody can work there without. */
export const whenPlaceOpens = (hear: (tx: Tx, place: OpenedPlace) => Promise<void>): Part => hearers.part(hear)

export async function placeOpened(tx: Tx, place: OpenedPlace): Promise<void> {
  for (const hear of hearers.all()) await hear(tx, place)
}
