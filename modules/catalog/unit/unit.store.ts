import { newId } from '#kit/id.ts'
import type { Translate } from '#kit/words.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { insertRow } from '#kit/server/list/crud.ts'
import { unit } from './unit.ts'

const first = [
  { code: 'pc', decimals: 0 },
  { code: 'kg', decimals: 3 },
  { code: 'g', decimals: 0 },
  { code: 'l', decimals: 3 },
  { code: 'm', decimals: 2 },
  { code: 'box', decimals: 0 },
]

/** The units that every shop needs. */
export async function startUnits(tx: Tx, t: Translate): Promise<void> {
  for (const one of first) await insertRow(tx, unit, { id: newId(), ...one, name: t(`seed.unit.${one.code}`) })
}
