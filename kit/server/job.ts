import { Logger, parseCronItems, run, runMigrations, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { EventType } from '../event.ts'
import { systemContext, type Ctx } from './context.ts'
import { outliveBreaks, type Database } from './db.ts'
import { log } from './log.ts'

/** What happens afterwards. It may run more than once, so what it does must bear repetition. */
export interface Job<Data = unknown> {
  readonly name: string
  readonly attempts: number
  /** A crontab line (UTC) for jobs that run by the clock. */
  readonly cron?: string
  run(ctx: Ctx, data: Data, isLast: boolean): Promise<unknown>
}

const jobs = new Map<string, Job>()
const subscriptions = new Map<string, Job[]>()

/** Listens to an event: the enqueueing row is written in the transaction that emits it. */
export function on<Data>(
  type: EventType<Data>,
  spec: { name: string; attempts?: number; run(ctx: Ctx, data: Data, isLast: boolean): Promise<unknown> },
): Job<Data> {
  const made = job(spec)
  subscriptions.set(type.name, [...subscribersOf(type.name), made as Job])
  return made
}

/** A job that a command enqueues by itself, or the clock. */
export function job<Data>(spec: {
  name: string
  attempts?: number
  cron?: string
  run(ctx: Ctx, data: Data, isLast: boolean): Promise<unknown>
}): Job<Data> {
  const made: Job<Data> = { attempts: 8, ...spec }
  if (jobs.has(made.name)) throw new Error(`Two jobs are named ${made.name}`)
  jobs.set(made.name, made as Job)
  return made
}

export const subscribersOf = (eventName: string): readonly Job[] => subscriptions.get(eventName) ?? []
export const declaredJobs = (): readonly Job[] => [...jobs.values()]

/**
 * Puts a job into the queue in the caller's transaction. `key` makes a second one replace the first while it waits; `at` is when
 * it runs at the earliest; of one `line` no two run at a time.
 */
export async function enqueue<Data>(
  db: { query(text: string, values: unknown[]): Promise<unknown> },
  one: Job<Data>,
  data: Data,
  { key, at, line }: { key?: string; at?: Temporal.Instant; line?: string } = {},
): Promise<void> {
  await db.query(
    'select graphile_worker.add_job($1, $2::json, job_key := $3, max_attempts := $4, run_at := $5, queue_name := $6)',
    [one.name, JSON.stringify(data), key ?? null, one.attempts, at?.toString() ?? null, line ?? null],
  )
}

/** Prepares the queue's own tables; the owner's connection is needed. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: silent })
}

/** Starts working; `stop` lets running jobs finish. `isAlone`: no other program works at this database. */
export async function startWorker(
  database: Database,
  url: string,
  { concurrency = 2, isAlone = false }: { concurrency?: number; isAlone?: boolean } = {},
): Promise<{ stop(): Promise<void> }> {
  const taskList: TaskList = {}
  for (const one of jobs.values()) {
    taskList[one.name] = async (payload, helpers) => {
      const ctx = systemContext(database, `job:${one.name}`)
      try {
        await one.run(ctx, payload, helpers.job.attempts >= helpers.job.max_attempts)
      } catch (error) {
        log.error({ job: one.name, attempt: helpers.job.attempts, error }, 'job failed')
        throw error
      }
    }
  }
  const parsedCronItems = parseCronItems(
    [...jobs.values()].flatMap((one) => (one.cron ? [{ task: one.name, match: one.cron, identifier: one.name }] : [])),
  )
  const pgPool = new pg.Pool({ connectionString: url, max: concurrency + 2, application_name: 'duka worker' })
  outliveBreaks(pgPool)
  // The only program at this database: what a killed one had begun is free again.
  if (isAlone) await pgPool.query(FREE)
  const runner = await run({
    pgPool,
    concurrency,
    taskList,
    parsedCronItems,
    noHandleSignals: true,
    logger: silent,
    pollInterval: 1000,
  })
  return {
    async stop() {
      await runner.stop()
      await pgPool.end()
    },
  }
}

const FREE = `select graphile_worker.force_unlock_workers(array(
  select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))`

const silent = new Logger(() => () => undefined)
