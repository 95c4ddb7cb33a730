import { whole, type Part } from '../../part.ts'
import type { Db } from '../data/db.ts'
import type { Ctx } from '../door/context.ts'
import { scheduled } from '../door/scheduled.ts'
import { bytes, isPart } from '../vault/store.ts'

/** Bytes that rows name: which of some ids do. */
interface Named {
  /** What their keys begin with: `image`. */
  readonly kinds: readonly string[]
  known(db: Db, ids: readonly string[]): Promise<readonly string[]>
}
const named = whole<Named>()
export const namedBytes = (one: Named): Part => named.part(one)

export const filesNamed = namedBytes({
  kinds: ['image', 'file'],
  known: async (db, ids) =>
    (
      await db
        .selectFrom('file')
        .select('id')
        .where('id', 'in', [...ids])
        .execute()
    ).map((one) => one.id),
})

/** What is younger may belong to a transaction that is not over, or to a database that is being restored. */
const DAYS = 7
const BATCH = 500

/** Takes away bytes that nothing names: a program that died between writing them and its COMMIT leaves some. @returns how many went */
export async function sweepBytes({ database: { db }, now }: Pick<Ctx, 'database' | 'now'>): Promise<number> {
  let gone = 0
  let batch: string[] = []
  const sweep = async () => {
    const lost = await unnamed(db, batch)
    for (const key of lost) await bytes().remove(key)
    gone += lost.length
    batch = []
  }
  for await (const key of bytes().older(now.subtract({ hours: DAYS * 24 }))) {
    batch.push(key)
    if (batch.length === BATCH) await sweep()
  }
  await sweep()
  return gone
}

const idIn = (key: string): string => key.slice(key.indexOf('/') + 1).slice(0, 36)

/** Of a kind that nobody has declared nothing is known, and nothing is taken away. */
async function unnamed(db: Db, keys: readonly string[]): Promise<string[]> {
  const lost = keys.filter(isPart)
  for (const { kinds, known } of named.all()) {
    const own = keys.filter((key) => !isPart(key) && kinds.includes(key.split('/')[0]!))
    if (own.length === 0) continue
    const there = new Set(await known(db, [...new Set(own.map(idIn))]))
    lost.push(...own.filter((key) => !there.has(idIn(key))))
  }
  return lost
}

export const sweepNightly = scheduled('kit.sweepBytes', { every: { daily: '03:41' }, run: sweepBytes })
