import pg from 'pg'
import { outliveBreaks } from '../data/db.ts'
import { outageOf } from '../data/outage.ts'

/** What the queue's library asks again after: in three seconds, then more and more seldom, a hundred times. */
const AGAIN = 'ETIMEDOUT'

/**
 * Connections for the queue. Its library notes that a job is done or has failed without waiting for the answer, and asks again
 * after a few failures only: a database that is killed or started anew at that moment took the whole program with it, or left
 * the job to nobody for hours. So whatever passes is told to it as one of those few.
 */
export function queuePool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, application_name: 'duka worker' })
  outliveBreaks(pool)
  const passing = (error: Error): never | Promise<never> => {
    // The program ends: nobody waits for it any more, and the next start frees what was begun.
    if (pool.ending) return new Promise<never>(() => undefined)
    throw outageOf(error) ? Object.assign(new Error(error.message, { cause: error }), { code: AGAIN }) : error
  }
  const asked =
    <Args extends unknown[]>(ask: (...args: Args) => unknown) =>
    (...args: Args) => {
      const answer = ask(...args)
      return answer instanceof Promise ? answer.catch(passing) : answer
    }
  pool.on('connect', (client) => void (client.query = asked(client.query.bind(client)) as typeof client.query))
  pool.connect = asked(pool.connect.bind(pool)) as typeof pool.connect
  return pool
}
