import type { Tx } from '#kit/server/context.ts'

/** A basket that was parked at this place is paid for, and parked no more. */
export const endParked = (tx: Tx, id: string, place: string): void =>
  tx.write({ name: 'pos-parked-end', text: 'delete from pos_parked where id = $1 and place = $2', values: [id, place] })
