import { sql } from 'kysely'
import { whole, type Part } from '../../part.ts'
import type { Database, Db } from '../data/db.ts'
import { json } from '../data/row.ts'
import type { DayRule } from '../../time.ts'
import type { Ctx } from './context.ts'
import { nextAfter, type Every } from '../../due.ts'
import { job, type Work } from './job.ts'

/** Work that is done by the clock. What it is, in a sentence: `scheduled.<name>`. */
export interface Scheduled {
  readonly name: string
  readonly every: Every
  readonly work: Work
}

const all = whole<Scheduled>()
export const scheduledWork = all.all

type Clock = (db: Db) => Promise<DayRule | null>
const clocks = whole<Clock>()
/** The module that knows places says by which clock the company lives, and when its day turns; UTC while there is none. */
export const provideClock = (clock: Clock): Part => clocks.part(clock)
export const clockOf = async (db: Db): Promise<DayRule> => (await clocks.all()[0]?.(db)) ?? { timeZone: 'UTC', cutOffHour: 0 }
export const timeZoneOf = async (db: Db): Promise<string> => (await clockOf(db)).timeZone

const failures = whole<(ctx: Ctx, name: string) => Promise<unknown>>()
/** Hears of work that failed each time that it was tried. */
export const whenScheduledFailed = (hear: (ctx: Ctx, name: string) => Promise<unknown>): Part => failures.part(hear)

const MOST_SAID = 300

/**
 * Declares work by the clock of the place. Each time is begun once, however many programs work at the database; after a stop it is
 * done once, however many times were missed. It may run twice where a program dies, so it must bear repetition.
 */
export function scheduled(
  name: string,
  { every, attempts = 3, run }: { every: Every; attempts?: number; run(ctx: Ctx): Promise<unknown> },
): Part & Scheduled {
  const work = job({
    name,
    attempts,
    isScheduled: true,
    async run(ctx, _, isLast) {
      await note(ctx.database, name, { startedAt: Temporal.Now.instant(), endedAt: null, result: null, error: null })
      try {
        await run(ctx)
        await note(ctx.database, name, { endedAt: Temporal.Now.instant(), result: 'ok' })
      } catch (error) {
        await note(ctx.database, name, { endedAt: Temporal.Now.instant(), result: 'failed', error: sentenceOf(error) })
        if (isLast) for (const hear of failures.all()) await hear(ctx, name)
        throw error
      }
    },
  })
  const made: Scheduled = { name, every, work: work as Work }
  const parts = [work, all.part(made)]
  return { ...made, mount: () => parts.forEach((part) => part.mount()) }
}

const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, MOST_SAID)

type Noted = Partial<{
  startedAt: Temporal.Instant
  endedAt: Temporal.Instant | null
  result: string | null
  error: string | null
}>
const note = ({ db }: Database, name: string, noted: Noted) =>
  db.updateTable('scheduledWork').set(noted).where('name', '=', name).execute()

/** Writes down what is new, and what goes by another rule or in another time zone now. */
async function plan(db: Db, now: Temporal.Instant): Promise<void> {
  const timeZone = await timeZoneOf(db)
  const rows = scheduledWork().map(({ name, every }) => ({
    name,
    rule: json({ every, ...(!('minutes' in every) && { timeZone }) }),
    nextAt: nextAfter(every, timeZone, now),
  }))
  if (rows.length === 0) return
  await db
    .insertInto('scheduledWork')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((eb) => ({ rule: eb.ref('excluded.rule'), nextAt: eb.ref('excluded.nextAt') }))
        .whereRef('scheduledWork.rule', '!=', 'excluded.rule'),
    )
    .execute()
}

/**
 * Puts into the queue what is due, and says when each is due next. Who comes second finds the rows locked or moved on.
 * @returns what was begun
 */
export async function beginDue(database: Database, now: Temporal.Instant = Temporal.Now.instant()): Promise<string[]> {
  await plan(database.db, now)
  const timeZone = await timeZoneOf(database.db)
  return database.db.transaction().execute(async (db) => {
    const due = await db
      .selectFrom('scheduledWork')
      .select('name')
      .where('nextAt', '<=', now)
      .orderBy('name')
      .forUpdate()
      .skipLocked()
      .execute()
    const known = scheduledWork().filter(({ name }) => due.some((one) => one.name === name))
    if (known.length === 0) return []
    const next = known.map(({ name, every, work }) => ({
      name,
      attempts: work.attempts,
      next_at: nextAfter(every, timeZone, now).toString(),
    }))
    await sql`update scheduled_work w set next_at = n.next_at, asked_at = ${now.toString()}::timestamptz
      from jsonb_to_recordset(${json(next)}::jsonb) as n(name text, next_at timestamptz) where w.name = n.name`.execute(db)
    // Of one name no two run at a time; a second one takes the place of the first while that waits.
    await sql`select graphile_worker.add_job(j.name, '{}'::json, job_key := 'scheduled:' || j.name,
      queue_name := 'scheduled:' || j.name, max_attempts := j.attempts)
      from jsonb_to_recordset(${json(next)}::jsonb) as j(name text, attempts int)`.execute(db)
    return known.map(({ name }) => name)
  })
}

/** Begins one now, beside its times, in the caller's transaction. */
export async function beginNow(
  { db, now }: { readonly db: Db; readonly now: Temporal.Instant },
  { name, work }: Scheduled,
): Promise<void> {
  await db.updateTable('scheduledWork').set({ askedAt: now }).where('name', '=', name).execute()
  await sql`select graphile_worker.add_job(${name}, '{}'::json, job_key := ${`scheduled:${name}`},
    queue_name := ${`scheduled:${name}`}, max_attempts := ${work.attempts}::int)`.execute(db)
}

/** What failed when it was done last. */
export const failedWork = async (db: Db): Promise<string[]> => {
  const rows = await db.selectFrom('scheduledWork').select('name').where('result', '=', 'failed').orderBy('name').execute()
  const known = new Set(scheduledWork().map(({ name }) => name))
  return rows.flatMap(({ name }) => (known.has(name) ? [name] : []))
}

/** What is done by the clock, with when it is due and how it went last. */
export async function describeScheduled(db: Db) {
  const rows = await db.selectFrom('scheduledWork').selectAll().execute()
  const timeZone = await timeZoneOf(db)
  return scheduledWork().map(({ name, every }) => {
    const row = rows.find((one) => one.name === name)
    const isAsked = row?.askedAt != null && (row.startedAt === null || Temporal.Instant.compare(row.askedAt, row.startedAt) > 0)
    const isRunning = row?.startedAt != null && row.endedAt === null
    return {
      name,
      every,
      timeZone,
      nextAt: row?.nextAt ?? null,
      startedAt: row?.startedAt ?? null,
      endedAt: row?.endedAt ?? null,
      state: isRunning ? 'running' : isAsked ? 'waiting' : ((row?.result as 'ok' | 'failed' | null | undefined) ?? 'new'),
      error: row?.error ?? null,
    }
  })
}
