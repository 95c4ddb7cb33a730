import { sql } from 'kysely'
import { z } from 'zod'
import { CommonProblem, problems } from '../../problem.ts'
import { newId } from '../../id.ts'
import { whole, type Part } from '../../part.ts'
import type { Ctx, Tx } from '../door/context.ts'
import type { Db } from '../data/db.ts'
import { scheduled } from '../door/scheduled.ts'
import { readSetting, writeSetting } from '../door/setting.ts'

export const KeepingProblem = problems('kit.keeping', {
  held: { status: 409, say: 'This record must stay as it is: {reason}. Lift the hold first.' },
  heldAlready: { status: 409, say: 'This record is held already.' },
})

/** Is a record held, and why? */
export const holdOf = (db: Db, record: string) =>
  db.selectFrom('legalHold').selectAll().where('record', '=', record).where('liftedAt', 'is', null).executeTakeFirst()

// Holding and erasing wait for each other, whichever comes first.
const lockHold = (tx: Tx, record: string) => sql`select pg_advisory_xact_lock(hashtextextended(${record}, 0))`.execute(tx.db)

/** Nothing of a held record is erased. @throws `kit.keeping.held` */
export async function refuseHeld(tx: Tx, record: string): Promise<void> {
  await lockHold(tx, record)
  const hold = await holdOf(tx.db, record)
  if (hold) throw KeepingProblem.held({ reason: hold.reason })
}

/** Holds a record until it is lifted. @throws `kit.keeping.heldAlready` */
export async function placeHold(tx: Tx, of: { table: string; record: string; title: string; reason: string }): Promise<string> {
  await lockHold(tx, of.record)
  if (await holdOf(tx.db, of.record)) throw KeepingProblem.heldAlready()
  const id = newId()
  const { table: tableName, ...rest } = of
  await tx.db
    .insertInto('legalHold')
    .values({ id, tableName, ...rest, placedBy: tx.actor.id, placedAt: tx.now })
    .execute()
  return id
}

type Forget = (tx: Tx, person: { record: string; indexes: readonly string[] }) => Promise<void>
const forgetters = whole<Forget>()
/** What a module keeps about a person beside the record: it goes in the transaction that erases them. */
export const whenErased = (forget: Forget): Part => forgetters.part(forget)

/** Lets every module forget a person. `indexes` are the blind indexes of their addresses and numbers. @throws `kit.keeping.held` */
export async function erase(tx: Tx, person: { record: string; indexes: readonly string[] }): Promise<void> {
  await refuseHeld(tx, person.record)
  for (const forget of forgetters.all()) await forget(tx, person)
}

/** What stands where a name was. */
export const ERASED = '•••'

/** A kind of data that is kept for a time only. */
export interface Kept {
  /** The words key: `keeping.kind.<name>`. */
  readonly name: string
  /** What a company that says nothing gets, and the least that it may say. */
  readonly days: number
  readonly least: number
  /** Forgets some of what is older; what is held stays. @returns how many rows went */
  forget(ctx: Ctx, before: Temporal.Instant, most: number): Promise<number>
}

const kinds = whole<Kept>()
export const keptFor = (kept: Kept): Part => kinds.part(kept)
export const keptKinds = kinds.all

const SETTING = 'kit.keeping'
const daysSchema = z.record(z.string(), z.number().int()).default({})
/** For how many days each kind is kept here. */
export async function daysKept(db: Db): Promise<Record<string, number>> {
  const set = await readSetting(db, SETTING, daysSchema)
  return Object.fromEntries(keptKinds().map(({ name, days, least }) => [name, Math.max(least, set[name] ?? days)]))
}
/** Says for how many days kinds are kept; no fewer than what each needs. */
export async function keepFor(tx: Tx, days: Readonly<Record<string, number>>): Promise<void> {
  const known = new Map(keptKinds().map((kind) => [kind.name, kind]))
  const wrong = Object.entries(days).filter(([name, count]) => !(count >= (known.get(name)?.least ?? Infinity)))
  if (wrong.length > 0)
    throw CommonProblem.invalid(
      {},
      wrong.map(([name]) => ({ path: `days.${name}`, code: 'outOfRange', message: 'outOfRange' })),
    )
  await writeSetting(tx, SETTING, { ...(await readSetting(tx.db, SETTING, daysSchema)), ...days })
}

const BATCH = 1_000
/** Forgets what has been kept long enough, a thousand rows at a time. @returns how many of each kind */
export async function forgetOld(ctx: Ctx): Promise<Record<string, number>> {
  const days = await daysKept(ctx.database.db)
  const gone: Record<string, number> = {}
  for (const kind of keptKinds()) {
    const before = ctx.now.subtract({ hours: days[kind.name]! * 24 })
    let all = 0
    for (let some = BATCH; some === BATCH; all += some) some = await kind.forget(ctx, before, BATCH)
    if (all > 0) gone[kind.name] = all
  }
  return gone
}

/** Every night. */
export const forgetNightly = scheduled('kit.forgetOld', { every: { daily: '02:27' }, run: forgetOld })

/** Lifts a hold. @throws `kit.notFound` */
export async function liftHold(tx: Tx, id: string) {
  const found = await tx.db
    .updateTable('legalHold')
    .set({ liftedAt: tx.now, liftedBy: tx.actor.id })
    .where('id', '=', id)
    .where('liftedAt', 'is', null)
    .returning(['tableName', 'record', 'reason'])
    .executeTakeFirst()
  if (!found) throw CommonProblem.notFound()
  return found
}

/** Holds, the open ones first. */
export const listHolds = (db: Db) =>
  db
    .selectFrom('legalHold')
    .selectAll()
    .orderBy(sql`lifted_at is not null`)
    .orderBy('placedAt', 'desc')
    .limit(500)
    .execute()

/** Rows that nothing else hangs on, kept until so many days after what stands in `at`. */
export const keptRows = (
  name: string,
  { days, least }: { days: number; least: number },
  { table, key, at }: { table: string; key: string; at: string },
): Part =>
  keptFor({
    name,
    days,
    least,
    async forget({ database }, before, most) {
      const [from, id, when] = [sql.table(table), sql.ref(key), sql.ref(at)]
      const { numAffectedRows } = await sql`delete from ${from} where ${id} in (
        select ${id} from ${from} where ${when} < ${before.toString()}::timestamptz order by ${when} limit ${most})`.execute(
        database.db,
      )
      return Number(numAffectedRows)
    },
  })

/** Kinds of activity that are kept for the same time. */
export const keptActivity = (name: string, days: number, of: () => readonly string[]): Part =>
  keptFor({
    name,
    days,
    least: 30,
    async forget({ database }, before, most) {
      const { rows } = await sql<{
        gone: number
      }>`select forget_activity(${of()}::text[], ${before.toString()}::timestamptz, ${most}) as gone`.execute(database.db)
      return rows[0]!.gone
    },
  })

/** Not held: a condition on a record's id for what is forgotten. */
export const notHeld = (record: string) => sql<boolean>`not exists (
  select from legal_hold h where h.lifted_at is null and h.record = ${sql.ref(record)})`
