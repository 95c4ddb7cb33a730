import { z } from 'zod'
import { sql } from 'kysely'
import { query } from '#kit/server/command.ts'
import { CommonProblem } from '#kit/problem.ts'

/** The audit trail, newest first: by person, command, record and time. */
export const listTrail = query({
  name: 'access.listTrail',
  can: 'access.audit.read',
  input: z.object({
    actor: z.uuid().optional(),
    command: z.string().max(80).optional(),
    about: z.uuid().optional(),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  async run({ db }, input) {
    let select = db
      .selectFrom('auditTrail')
      .select([
        'id',
        'at',
        'actorKind',
        'actor',
        'actorName',
        'command',
        'reason',
        'aboutTable',
        'about',
        'place',
        'traceId',
        'address',
        'device',
      ])
    if (input.actor) select = select.where('actor', '=', input.actor)
    if (input.command) select = select.where('command', 'like', `${input.command.replace(/[%_\\]/g, '')}%`)
    if (input.about) select = select.where('about', '=', input.about)
    if (input.from) select = select.where('at', '>=', sql<Temporal.Instant>`${input.from}`)
    if (input.to) select = select.where('at', '<=', sql<Temporal.Instant>`${input.to}`)
    if (input.cursor) {
      const [at, id] = input.cursor.split('_')
      if (!at || !id || !z.uuid().safeParse(id).success || !z.iso.datetime({ offset: true }).safeParse(at).success)
        throw CommonProblem.badCursor()
      select = select.where(sql<boolean>`(at, id) < (${at}, ${id}::uuid)`)
    }
    const rows = await select
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(input.limit + 1)
      .execute()
    const more = rows.length > input.limit
    if (more) rows.pop()
    const last = rows.at(-1)
    return { rows, next: more && last ? `${last.at.toString()}_${last.id}` : null }
  },
})

/** One entry with its input and the fields that it changed. */
export const showTrail = query({
  name: 'access.showTrail',
  can: 'access.audit.read',
  input: z.object({ id: z.uuid() }),
  async run({ db }, { id }) {
    const entry = await db.selectFrom('auditTrail').selectAll().where('id', '=', id).executeTakeFirst()
    if (!entry) throw CommonProblem.notFound()
    const changes = await db
      .selectFrom('auditTrailChange')
      .select(['id', 'tableName', 'record', 'version', 'before', 'after'])
      .where('entry', '=', id)
      .orderBy('id')
      .execute()
    return { entry, changes }
  },
})
