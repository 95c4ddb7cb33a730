import { maskText } from '../../entity.ts'
import { newId } from '../../id.ts'
import { Problem } from '../../problem.ts'
import type { Endpoint } from './command.ts'
import type { Ctx } from './context.ts'
import { asPgError, json, type Database } from '../data/db.ts'
import { kept } from '../data/redact.ts'
import { log } from '../host/log.ts'
import { ship } from '../host/log-ship.ts'

/** Something that a person did without changing anything. */
export interface Activity {
  readonly about?: { readonly table: string; readonly id: string }
  readonly place?: string | null
  /** Never a secret, and of personal data no more than the trail keeps. */
  readonly facts?: Readonly<Record<string, unknown>>
  /** Who it was, where the request itself does not know: a sign-in that has just succeeded. */
  readonly actor?: { readonly id: string; readonly name: string }
}

/** What somebody tried that is not theirs. A guest's knocking is told by the counters, not by the trail. */
export function noteRefusal(
  ctx: Ctx,
  { name: what, input: schema }: Endpoint<never, unknown>['spec'],
  error: unknown,
  input: unknown,
): void {
  // To be asked once more who one is, is no refusal.
  if (!(error instanceof Problem) || error.status !== 403 || error.code === 'kit.proveAgain' || !ctx.actor.id) return
  // Of an export the trail wants to know what would have been carried away.
  const filters = /export/i.test(what) ? { filters: JSON.stringify(kept(schema, input)).slice(0, 500) } : {}
  note(ctx, 'kit.refused', { facts: { what, code: error.code, ...filters } })
}

const MOST_WAITING = 10_000
const BATCH = 1_000
const PAUSE_MS = 500

interface Buffer {
  rows: Record<string, unknown>[]
  dropped: number
  timer: NodeJS.Timeout | undefined
  writing: Promise<void> | undefined
}
const buffers = new WeakMap<Database, Buffer>()
/** The kinds that were noted anywhere in the program, for the explorer's choice. */
export const activityKinds = new Set<string>(['kit.activityDropped'])

/**
 * Notes an activity. It returns at once and never fails: the row waits in a buffer of 10,000 and is written with others.
 * What finds the buffer full is counted, and the count is written when there is room again.
 */
export function note(
  ctx: Ctx,
  kind: string,
  { about, place, facts = {}, actor = (ctx.actor.viewedBy ?? ctx.actor) as never }: Activity = {},
): void {
  const buffer = bufferOf(ctx.database)
  if (buffer.rows.length >= MOST_WAITING) {
    buffer.dropped += 1
    return
  }
  const row = {
    id: newId(),
    at: ctx.now.toString(),
    kind,
    actor: actor.id,
    actor_name: actor.name,
    about_table: about?.table ?? null,
    about: about?.id ?? null,
    place: place ?? null,
    facts: maskedFacts(facts),
    trace_id: ctx.traceId,
    address: ctx.address ?? null,
    device: ctx.device ?? null,
  }
  buffer.rows.push(row)
  ship({ level: 'activity', ...row })
  buffer.timer ??= setTimeout(() => void flushActivity(ctx.database), PAUSE_MS).unref()
}

/** What somebody searched for may be a telephone number. */
const maskedFacts = (facts: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? maskText(value) : value]))

function bufferOf(database: Database): Buffer {
  const known = buffers.get(database)
  if (known) return known
  const made: Buffer = { rows: [], dropped: 0, timer: undefined, writing: undefined }
  buffers.set(database, made)
  return made
}

const WRITE = `insert into activity
  select * from jsonb_to_recordset($1::jsonb) as r(id uuid, at timestamptz, kind text, actor uuid, actor_name text,
    about_table text, about uuid, place uuid, facts jsonb, trace_id text, address text, device text)`

/** Writes what waits. Called by the clock, and once before the program ends. */
export async function flushActivity(database: Database): Promise<void> {
  const buffer = bufferOf(database)
  clearTimeout(buffer.timer)
  buffer.timer = undefined
  await buffer.writing
  buffer.writing = writeAll(database, buffer)
  await buffer.writing
}

async function writeAll(database: Database, buffer: Buffer): Promise<void> {
  let most = BATCH
  while (buffer.rows.length > 0 || buffer.dropped > 0) {
    const rows = buffer.rows.slice(0, most)
    const { dropped } = buffer
    const written = rows.length
    if (dropped > 0) rows.push(droppedRow(dropped))
    try {
      await database.pool.query({ name: 'write-activity', text: WRITE, values: [json(rows)] })
      buffer.rows.splice(0, written)
      buffer.dropped -= dropped
      most = BATCH
    } catch (error) {
      // What no column can hold is refused as often as it is tried: it is found by halves and let go, or all would wait behind it.
      if (written > 0 && asPgError(error)?.code.startsWith('22')) {
        most = Math.ceil(written / 2)
        if (written > 1) continue
        log.error({ error, kind: buffer.rows.shift()?.['kind'] }, 'an activity could not be kept')
        buffer.dropped += 1
        continue
      }
      log.warn({ error, waiting: buffer.rows.length }, 'activity could not be written; trying again')
      buffer.timer ??= setTimeout(() => void flushActivity(database), PAUSE_MS * 10).unref()
      return
    }
  }
}

const droppedRow = (count: number) => ({
  id: newId(),
  at: Temporal.Now.instant().toString(),
  kind: 'kit.activityDropped',
  actor_name: 'duka',
  facts: { count },
  trace_id: newId(),
})
