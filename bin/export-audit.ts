import { readConfig } from '#kit/server/host/config.ts'
import { exportTrail } from '#kit/server/edge/audit-export.ts'
import { openDatabase } from '#kit/server/data/db.ts'
import { reachPostgres } from '#kit/server/host/postgres.ts'

/** `bin/export-audit > trail`: the whole audit trail, as `bin/verify-audit` reads it. */
const postgres = await reachPostgres({ ...readConfig(process.env, []), say: (line: string) => console.error(line) })
const database = openDatabase(postgres.appUrl)
await exportTrail(database, process.stdout)
await database.close()
await postgres.stop()
