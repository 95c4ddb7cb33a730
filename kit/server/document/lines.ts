import { sql } from 'kysely'
import type { Document, LineInput, LineRow } from '../../document.ts'
import { visibleFields, type Field, type FieldKind, type Fields } from '../../entity.ts'
import { newId } from '../../id.ts'
import { CommonProblem } from '../../problem.ts'
import { json, snake } from '../data/row.ts'
import type { Db } from '../data/db.ts'
import type { Tx } from '../door/context.ts'

const TYPES: Partial<Record<FieldKind, string>> = {
  id: 'uuid',
  ref: 'uuid',
  money: 'bigint',
  quantity: 'bigint',
  rate: 'bigint',
  integer: 'int',
  flag: 'boolean',
  instant: 'timestamptz',
  day: 'date',
  json: 'jsonb',
  texts: 'text[]',
}

/** The lines of documents as their rows hold them, in order. */
export async function linesOf<LF extends Fields>(
  db: Db,
  { lines: of }: { lines: { table: string; fields: LF } },
  document: string,
): Promise<LineRow<LF>[]> {
  const { rows } = await sql<LineRow<LF>>`select ${sql.join(selected(Object.keys(of.fields)))}
    from ${sql.table(of.table)} l where l.document = ${document} order by l.position`.execute(db)
  return rows
}

const selected = (fields: readonly string[]) =>
  [...new Set(['id', 'position', ...fields])].map((name) => sql`l.${sql.id(snake(name))} as ${sql.id(name)}`)

/** The rights that it takes to see or to set what stands on the lines. */
export const lineRights = ({ lines }: { lines: { fields: Fields } }): readonly (string | undefined)[] =>
  Object.values(lines.fields).flatMap(({ seenBy, setBy }) => [seenBy, setBy])

/** What somebody with these rights sees of each line. */
export function shownLines<LF extends Fields>(
  of: { lines: { fields: LF } },
  lines: readonly LineRow<LF>[],
  holds: (permission: string) => boolean,
): LineRow<LF>[] {
  const visible = new Set(['id', 'position', ...visibleFields(of.lines, holds).map(([name]) => name)])
  return lines.map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => visible.has(name))) as LineRow<LF>)
}

/** Fields of lines that are for others to see or to set are as they were. */
export function refuseHiddenLines(
  of: Pick<Document, 'lines'>,
  lines: readonly object[],
  holds: (permission: string) => boolean,
): void {
  for (const [name, { seenBy, setBy }] of Object.entries(of.lines.fields)) {
    const isHidden = [seenBy, setBy].some((permission) => permission && !holds(permission))
    if (isHidden && lines.some((line) => (line as Record<string, unknown>)[name] != null)) throw CommonProblem.forbidden()
  }
}

/**
 * Writes the lines of a document whole, in one statement: those that are new, those that changed, and without those that are
 * left out. A line keeps its id, so that what points to it goes on pointing to it.
 * @param before the lines as they stand, under the lock of their document
 * @returns the lines with their ids and positions
 */
export async function writeLines<LF extends Fields>(
  tx: Tx,
  of: { lines: { table: string; fields: LF } },
  document: string,
  input: readonly LineInput<LF>[],
  before: readonly LineRow<LF>[] = [],
): Promise<LineRow<LF>[]> {
  const known = new Set(before.map(({ id }) => id))
  // What the writer may not see or set, or the program alone sets, stays as it was on the line.
  const old = new Map(before.map((line) => [line.id, line]))
  const lines = input.map(
    (line, position) => ({ ...old.get(line.id ?? ''), ...stated(line), id: line.id ?? newId(), position }) as LineRow<LF>,
  )
  const stays = new Set(lines.map(({ id }) => id))
  const gone = [...known].filter((id) => !stays.has(id))
  const fields = Object.entries(of.lines.fields as Readonly<Record<string, Field>>).filter(([name]) => name !== 'id')
  const columnsOf: readonly (readonly [name: string, type: string, initial?: unknown])[] = [
    ['id', 'uuid'],
    ['position', 'int'],
    ...fields.map(([name, { kind, initial }]) => [name, TYPES[kind] ?? 'text', initial] as const),
  ]
  const names = columnsOf.map(([name]) => snake(name))
  const record = sql.raw(columnsOf.map(([, type], index) => `${names[index]} ${type}`).join(', '))
  const rows = lines.map((line) =>
    Object.fromEntries(
      columnsOf.map(([name, , initial], index) => [names[index], (line as Record<string, unknown>)[name] ?? initial ?? null]),
    ),
  )
  const columns = sql.raw(names.join(', '))
  const changed = sql.raw(
    names
      .slice(1)
      .map((name) => `${name} = excluded.${name}`)
      .join(', '),
  )
  const table = sql.table(of.lines.table)
  // Gone first, so that their positions are free; a line of another document is nobody's to take.
  if (gone.length > 0) await sql`delete from ${table} where document = ${document} and id = any(${gone}::uuid[])`.execute(tx.db)
  if (lines.length === 0) return lines
  const { numAffectedRows } = await sql`insert into ${table} as l (document, ${columns})
    select ${document}::uuid, ${columns} from jsonb_to_recordset(${json(rows)}::jsonb) as r(${record})
    on conflict (id) do update set ${changed} where l.document = ${document}`.execute(tx.db)
  if (numAffectedRows !== BigInt(lines.length)) throw CommonProblem.notFound()
  return lines
}

const stated = (line: object) => Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined))

/** What a change did to the lines, for the trail: those that came, those that went, and what is other on those that stay. */
export function changesOfLines(
  before: readonly LineRow[],
  after: readonly LineRow[],
): { before: Record<string, unknown>; after: Record<string, unknown> } | undefined {
  const [was, is] = [byId(before), byId(after)]
  const told = (lines: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) =>
    [...lines].flatMap(([id, line]) => (others.get(id) === line ? [] : [JSON.parse(line) as unknown])).slice(0, MOST_TOLD)
  const [gone, come] = [told(was, is), told(is, was)]
  return gone.length + come.length === 0 ? undefined : { before: { lines: gone }, after: { lines: come } }
}
/** The trail is read by people. */
const MOST_TOLD = 100
const byId = (lines: readonly LineRow[]): Map<string, string> => new Map(lines.map((line) => [line.id, JSON.stringify(line)]))
