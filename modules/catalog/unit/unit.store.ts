import { newId } from '#kit/id.ts'
import type { Entity } from '#kit/entity.ts'
import type { Tx } from '#kit/server/context.ts'
import { insertRow } from '#kit/server/crud.ts'
import { unit } from './unit.ts'

const first = [
  { code: 'pc', name: 'Piece', decimals: 0 },
  { code: 'kg', name: 'Kilogram', decimals: 3 },
  { code: 'g', name: 'Gram', decimals: 0 },
  { code: 'l', name: 'Litre', decimals: 3 },
  { code: 'm', name: 'Metre', decimals: 2 },
  { code: 'box', name: 'Box', decimals: 0 },
]

/** The units that every shop needs. */
export async function startUnits(tx: Tx): Promise<void> {
  for (const one of first) await insertRow(tx, unit as unknown as Entity, { id: newId(), ...one })
}
