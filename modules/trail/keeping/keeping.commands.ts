import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { declaredEntities } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command, query } from '#kit/server/door/command.ts'
import { allowRoom, MOST_GIGABYTES, roomFor } from '#kit/server/files/room.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { daysKept, keepFor, keptKinds, liftHold, listHolds, placeHold } from '#kit/server/list/keeping.ts'
import { titlesFor } from '#kit/server/list/list.ts'

/** For how long each kind is kept, and which records are held. */
export const showKeeping = query({
  name: 'access.showKeeping',
  can: 'access.keeping.edit',
  input: z.object({}),
  async run({ db, actor }) {
    const [days, holds, room] = await Promise.all([daysKept(db), listHolds(db), roomFor(db)])
    const people = holds.flatMap((one) => [one.placedBy, one.liftedBy].filter((id) => id !== null))
    const titles = await titlesFor(db, actor, [
      ...holds.map((one) => [one.tableName, one.record] as const),
      ...people.map((id) => ['access_user', id] as const),
    ])
    return {
      room,
      kinds: keptKinds().map(({ name, least }) => ({ name, least, days: days[name]! })),
      holds: holds.map(({ tableName, ...one }) => ({
        ...one,
        entity: declaredEntities.get(tableName)?.name ?? tableName,
        path: declaredEntities.get(tableName)?.path ?? null,
        title: titles[one.record] ?? one.title,
        placedByName: titles[one.placedBy ?? ''] ?? null,
        liftedByName: titles[one.liftedBy ?? ''] ?? null,
      })),
    }
  },
})

export const setKeeping = command({
  name: 'access.setKeeping',
  can: 'access.keeping.edit',
  stepUp: true,
  input: z
    .object({
      days: z.record(z.string().max(60), z.number().int().min(1).max(36_500)).default({}),
      /** How much of what people attach is kept at most. */
      gigabytes: z.number().int().min(1).max(MOST_GIGABYTES).optional(),
    })
    .refine(({ days, gigabytes }) => Object.keys(days).length > 0 || gigabytes !== undefined, { error: 'required' }),
  async run(tx, { days, gigabytes }) {
    if (Object.keys(days).length > 0) await keepFor(tx, days)
    if (gigabytes !== undefined) await allowRoom(tx, gigabytes)
    return { changed: true }
  },
})

/** Holds a record: nothing of it is erased, and what was noted about it stays, until somebody lifts the hold. */
export const holdRecord = command({
  name: 'access.holdRecord',
  can: 'access.keeping.edit',
  stepUp: true,
  input: z.object({ entity: z.string().max(80), record: z.uuid(), reason: z.string().trim().min(3).max(300) }),
  async run(tx, { entity: name, record, reason }) {
    const of = [...declaredEntities.values()].find((one) => one.name === name)
    const reach = of && reachOf(tx.actor, of.can.read)
    if (!of || !reach) throw CommonProblem.notFound()
    const { row } = await getRow({ db: tx.db, ctx: tx.ctx, actor: tx.actor, now: tx.now, reach }, of, record)
    const title = of.fields[of.title]?.sealed ? '•••' : String(row[of.title] ?? '')
    const id = await placeHold(tx, { table: of.table, record, title, reason })
    tx.about(of.table, record)
    tx.changed({ table: of.table, record, before: { held: false }, after: { held: true } })
    return { id }
  },
})

export const liftRecord = command({
  name: 'access.liftHold',
  can: 'access.keeping.edit',
  stepUp: true,
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(3).max(300) }),
  async run(tx, { id }) {
    const { tableName, record } = await liftHold(tx, id)
    tx.about(tableName, record)
    tx.changed({ table: tableName, record, before: { held: true }, after: { held: false } })
    return { lifted: true }
  },
})
