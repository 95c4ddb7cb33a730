import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '#kit/server/host/config.ts'
import { migrateQueue } from '#kit/server/door/job.ts'
import { migrate, readMigrations } from '#kit/server/data/migrate.ts'
import { openPostgres } from '#kit/server/host/postgres.ts'
import { dumpSchema } from '#kit/server/data/schema.ts'

/** Migrates the configured database and writes `db/schema.sql` and `db/tables.ts` from it. */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const config = readConfig(process.env, process.argv.slice(2))
const postgres = await openPostgres({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, say: console.log })
try {
  await migrateQueue(postgres.url)
  const applied = await migrate(postgres.url, await readMigrations(root))
  await dumpSchema(postgres.url, root)
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'Nothing to apply.')
} finally {
  await postgres.stop()
}
