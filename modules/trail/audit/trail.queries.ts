import { z } from 'zod'
import { sql } from 'kysely'
import { declaredEntities, instantSchema } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { columnFor, exportInput, exportTable, readersOf, type Readers } from '#kit/server/list/export.ts'
import { all } from '#kit/server/door/scope.ts'
import type { Column } from '#kit/server/table/write.ts'
import { titlesFor } from '#kit/server/list/list.ts'
import { conditionsOfTrail, pointedFrom, scopeOfTrail, visibleChanges, visibleInput, type Changed } from './trail.store.ts'

const filters = {
  who: z.uuid().optional(),
  kind: z.enum(['user', 'system', 'setup']).optional(),
  command: z.string().max(80).optional(),
  table: z
    .string()
    .regex(/^[a-z_]{1,60}$/)
    .optional(),
  about: z.uuid().optional(),
  place: z.uuid().optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
}

interface Row {
  readonly id: string
  readonly at: Temporal.Instant
  readonly actorKind: 'user' | 'system' | 'setup'
  readonly actor: string | null
  readonly actorName: string
  readonly command: string
  readonly reason: string | null
  readonly aboutTable: string | null
  readonly about: string | null
  readonly place: string | null
  readonly address: string | null
  readonly device: string | null
  readonly traceId: string
}
const columns = sql`id, at, actor_kind, actor, actor_name, command, reason, about_table, about, place, address, device, trace_id`

const recordsOf = (rows: readonly Pick<Row, 'aboutTable' | 'about' | 'place'>[]) =>
  rows.flatMap((row): [string, string][] => [
    ...(row.aboutTable && row.about ? [[row.aboutTable, row.about] as [string, string]] : []),
    ...(row.place ? [['place', row.place] as [string, string]] : []),
  ])

const readCursor = (cursor: string): [string, string] => {
  const [at, id] = cursor.split('_')
  if (!at || !z.uuid().safeParse(id).success || !instantSchema.safeParse(at).success) throw CommonProblem.badCursor()
  return [at, id!]
}
const cursorOf = (row: Pick<Row, 'at' | 'id'>): string => `${row.at.toString()}_${row.id}`

async function readTrail(
  { db, reach, actor }: Reading,
  input: z.output<z.ZodObject<typeof filters>>,
  cursor: string | undefined,
  limit: number,
): Promise<Row[]> {
  const [at, id] = cursor ? readCursor(cursor) : []
  const older = at ? sql`and (at, id) < (${at}::timestamptz, ${id}::uuid)` : sql``
  const { rows } = await sql<Row>`select ${columns} from audit_trail
    where ${conditionsOfTrail(input, reach, actor)} ${older} order by at desc, id desc limit ${limit}`.execute(db)
  return rows
}

/** The audit trail, newest first: who did what to which record, where and when. */
export const listTrail = query({
  name: 'access.listTrail',
  can: 'access.audit.read',
  input: z.object({
    ...filters,
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  async run(reading, { cursor, limit, ...input }) {
    const rows = await readTrail(reading, input, cursor, limit + 1)
    const more = rows.length > limit
    if (more) rows.pop()
    return {
      rows,
      next: more ? cursorOf(rows.at(-1)!) : null,
      refs: await titlesFor(reading.db, reading.actor, recordsOf(rows)),
    }
  },
})

/** One entry with what was sent and the fields that it changed. */
export const showTrail = query({
  name: 'access.showTrail',
  can: 'access.audit.read',
  input: z.object({ id: z.uuid() }),
  async run({ db, reach, actor }, { id }) {
    const found = await sql<Row & { input: unknown }>`select ${columns}, input from audit_trail
      where ${all([sql`id = ${id}::uuid`, ...scopeOfTrail(reach, actor)])}`.execute(db)
    const entry = found.rows[0]
    if (!entry) throw CommonProblem.notFound()
    const rows = await db
      .selectFrom('auditTrailChange')
      .select(['id', 'tableName', 'record', 'version', 'before', 'after'])
      .where('entry', '=', id)
      .orderBy('id')
      .limit(500)
      .execute()
    const changes = await visibleChanges(db, actor, rows as (Changed & (typeof rows)[number])[])
    const input = visibleInput(actor, entry.input, entry.place)
    const records = [
      ...recordsOf([entry]),
      ...changes.map((change): [string, string] => [change.tableName, change.record]),
      ...pointedFrom([input, changes.map((change) => [change.before, change.after])]),
    ]
    return { entry: { ...entry, input: JSON.stringify(input) }, changes, refs: await titlesFor(db, actor, records) }
  },
})

/** What the trail can be filtered by: who works here, and the commands that stand in it. */
export const listTrailChoices = query({
  name: 'access.listTrailChoices',
  can: 'access.audit.read',
  input: z.object({}),
  async run({ db }) {
    const people = await db.selectFrom('accessUserName').select(['id', 'name']).orderBy('name').limit(1000).execute()
    // Steps from name to name along the index: the trail has millions of entries and a hundred commands.
    const { rows } = await sql<{ command: string }>`
      with recursive named as (
        (select command from audit_trail order by command limit 1)
        union all
        select (select t.command from audit_trail t where t.command > n.command order by t.command limit 1)
        from named n where n.command is not null)
      select command from named where command is not null`.execute(db)
    return { people, commands: rows.map((row) => row.command) }
  },
})

const exported: readonly Column[] = [
  { name: 'at', type: 'moment' },
  ...['actorKind', 'actorName', 'command', 'aboutTable', 'about', 'title', 'place', 'reason', 'address', 'device', 'traceId'].map(
    (name): Column => ({ name, type: 'text' }),
  ),
]
const BATCH = 1000

/** Every entry that the filters leave, as a file; the trail keeps that it was taken. */
export const exportTrail = query({
  name: 'access.exportTrail',
  can: 'access.audit.export',
  within: 'access.audit.read',
  input: z.object({ ...filters, ...exportInput.shape }),
  async run(reading, { format, for: whom, ...input }) {
    const readers = await readersOf(reading, { for: whom })
    const columns = exported.filter(({ name }) => !readers || !FOR_MACHINES.has(name))
    return exportTable(
      reading.ctx,
      {
        entity: 'access.audit',
        name: `access-audit-${reading.now.toString().slice(0, 10)}`,
        format,
        filters: { ...input },
        columns: columns.map((one) => columnFor(readers, one)),
        readers,
      },
      linesOf(reading, input, columns, readers),
    )
  },
})
const FOR_MACHINES = new Set(['about', 'traceId'])

async function* linesOf(
  reading: Reading,
  input: z.output<z.ZodObject<typeof filters>>,
  columns: readonly Column[],
  readers: Readers | undefined,
) {
  for (let cursor: string | undefined; ;) {
    const rows = await readTrail(reading, input, cursor, BATCH)
    const titles = await titlesFor(reading.db, reading.actor, recordsOf(rows))
    for (const row of rows) {
      const shown = {
        ...row,
        ...(readers && spoken(readers, row)),
        at: readers ? readers.moment(row.at) : row.at.toString(),
        title: row.about ? (titles[row.about] ?? null) : null,
        place: row.place ? (titles[row.place] ?? row.place) : null,
      }
      yield columns.map(({ name }) => String(shown[name as keyof typeof shown] ?? ''))
    }
    if (rows.length < BATCH) return
    cursor = cursorOf(rows.at(-1)!)
  }
}

/** What was done and to what, in the words of whoever reads. */
const spoken = ({ t }: Readers, row: { actorKind: string; command: string; aboutTable: string | null }) => {
  const about = row.aboutTable && declaredEntities.get(row.aboutTable)
  return {
    actorKind: t.of('state', row.actorKind),
    command: t.of('command', row.command),
    aboutTable: about ? t.of('entity', about.name) : row.aboutTable,
  }
}

const asOf = z.object({
  table: z.string().max(63),
  record: z.uuid(),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
})

/**
 * A record at two points in time: what stood in each field then and then, put together from what the trail says was changed.
 * Fields that were never changed while the trail was kept are not told of.
 */
export const compareRecord = query({
  name: 'access.compareRecord',
  can: 'access.audit.read',
  input: asOf,
  async run({ db, reach, actor }, { table, record, from, to }) {
    const { rows } = await sql<{
      at: Temporal.Instant
      after: Record<string, unknown> | null
      before: Record<string, unknown> | null
    }>`
      select at, c.before, c.after from audit_trail_change c join audit_trail e on e.id = c.entry
      where c.table_name = ${table} and c.record = ${record}::uuid and e.at <= ${to}::timestamptz and ${all(scopeOfTrail(reach, actor))}
      order by c.id limit 5000`.execute(db)
    if (rows.length === 0) throw CommonProblem.notFound()
    const then = Temporal.Instant.from(from)
    const [first, second]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}]
    for (const { at, before, after } of rows) {
      const isEarlier = Temporal.Instant.compare(at, then) <= 0
      for (const [field, value] of Object.entries(after ?? {})) {
        // What a field held before its first change is what it held all along.
        if (!(field in second) && before && field in before) {
          first[field] = before[field]
          second[field] = before[field]
        }
        if (isEarlier) first[field] = value
        second[field] = value
      }
    }
    const [shown] = await visibleChanges(db, actor, [{ tableName: table, record, before: first, after: second }])
    const [was, is] = [shown!.before ?? {}, shown!.after ?? {}]
    const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted()
    const changes = fields.map((field) => ({ field, before: was[field] ?? null, after: is[field] ?? null }))
    const differing = changes.filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
    return {
      changes: differing,
      same: changes.length - differing.length,
      refs: await titlesFor(db, actor, [[table, record], ...pointedFrom([was, is])]),
    }
  },
})
