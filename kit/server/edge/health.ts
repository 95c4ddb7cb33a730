import type { FastifyInstance } from 'fastify'
import type { Database } from '../data/db.ts'
import { failedWork } from '../door/scheduled.ts'
import { registry } from '../host/metrics.ts'

/** `/health`: the process is alive. `/ready`: it can serve (database reached, migrated, worker running), and which work by the clock failed last. `/metrics`: Prometheus. */
export function startHealth(app: FastifyInstance, database: Database, workerRuns: () => boolean): void {
  app.get('/health', async () => ({ status: 'alive' }))
  app.get('/ready', async (_, reply) => {
    let failed: string[] = []
    const checks = { database: false, migrations: false, worker: workerRuns() }
    try {
      const { rows } = await database.pool.query<{ count: number }>('select count(*)::int as count from migration')
      checks.database = true
      checks.migrations = (rows[0]?.count ?? 0) > 0
      failed = await failedWork(database.db)
    } catch {
      // What could not be reached stays false and is told.
    }
    const ready = Object.values(checks).every(Boolean)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks, failed })
  })
  app.get('/metrics', async (request, reply) => {
    // For the collector beside us, not for who comes through the proxy.
    const isNear = /^(::1|(::ffff:)?127\.)/.test(request.ip) && request.headers['x-forwarded-for'] === undefined
    return isNear ? reply.type(registry.contentType).send(await registry.metrics()) : reply.code(404).send()
  })
}
