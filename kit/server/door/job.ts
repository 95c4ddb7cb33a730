import { Logger, parseCronItems, run, runMigrations, type TaskList } from 'graphile-worker'
import type { EventType } from '../../event.ts'
import { whole, type Part } from '../../part.ts'
import { systemContext, type Ctx } from './context.ts'
import { json, type Database } from '../data/db.ts'
import { log } from '../host/log.ts'
import { queuePool } from './queue-pool.ts'

/** What happens afterwards. It may run more than once, so what it does must bear repetition. */
export interface Work<Data = unknown> {
  readonly name: string
  readonly attempts: number
  /** Begun by the clock: see `scheduled`. */
  readonly isScheduled?: boolean
  run(ctx: Ctx, data: Data, isLast: boolean): Promise<unknown>
}
export type Job<Data = unknown> = Work<Data> & Part

const jobs = whole<Work>()
const subscriptions = whole<{ readonly to: string; readonly job: Work }>()

/** Listens to an event: the enqueueing row is written in the transaction that emits it. */
export function on<Data>(
  type: EventType<Data>,
  spec: { name: string; attempts?: number; run(ctx: Ctx, data: Data, isLast: boolean): Promise<unknown> },
): Job<Data> {
  const made = job(spec)
  const listening = subscriptions.part({ to: type.name, job: made as Work })
  const mount = () => {
    made.mount()
    listening.mount()
  }
  return { ...made, mount }
}

/** A job that a command enqueues by itself, or the clock. */
export function job<Data>(spec: {
  name: string
  attempts?: number
  isScheduled?: boolean
  run(ctx: Ctx, data: Data, isLast: boolean): Promise<unknown>
}): Job<Data> {
  const made = { attempts: 8, ...spec }
  return { ...made, ...jobs.part(made as Work) }
}

export const subscribersOf = (eventName: string): readonly Work[] =>
  subscriptions.all().flatMap(({ to, job }) => (to === eventName ? [job] : []))
export const declaredJobs = jobs.all

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
    [one.name, json(data), key ?? null, one.attempts, at?.toString() ?? null, line ?? null],
  )
}

/** Prepares the queue's own tables; the owner's connection is needed. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: silent })
}

/** Once a minute, by one of the programs that work at a database. */
type Tick = (database: Database) => Promise<unknown>
const TICK = 'kit.tick'

/** Starts working; `stop` lets running jobs finish. `isAlone`: no other program works at this database. */
export async function startWorker(
  database: Database,
  url: string,
  { concurrency = 2, isAlone = false, tick }: { concurrency?: number; isAlone?: boolean; tick?: Tick } = {},
): Promise<{ stop(): Promise<void> }> {
  const taskList: TaskList = {}
  for (const one of jobs.all()) {
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
  if (tick) taskList[TICK] = () => tick(database).then(() => undefined)
  const parsedCronItems = parseCronItems(tick ? [{ task: TICK, match: '* * * * *', identifier: TICK }] : [])
  const pgPool = queuePool(url, concurrency + 2)
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
  // What was due while nobody worked is begun at once, not at the next full minute.
  await tick?.(database)
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
