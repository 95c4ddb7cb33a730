import pg from 'pg'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrateQueue } from '#kit/server/job.ts'
import { migrate, readMigrations } from '#kit/server/migrate.ts'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const TEMPLATE = 'duka_template'

export const urlOf = (server: string, database: string): string => {
  const url = new URL(server.replace('@/', '@placeholder/'))
  url.pathname = `/${database}`
  return url.toString().replace('@placeholder/', '@/')
}

/** Makes the migrated database that every test file clones. */
export async function prepareTemplate(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`drop database if exists ${TEMPLATE} with (force)`)
  await client.query(`create database ${TEMPLATE}`)
  const { rowCount } = await client.query(`select 1 from pg_roles where rolname = 'duka_app'`)
  await client.query(`${rowCount ? 'alter' : 'create'} role duka_app login password 'duka_app'`)
  await client.end()
  const url = urlOf(server, TEMPLATE)
  await migrateQueue(url)
  await migrate(url, await readMigrations(root))
}

/** A clone of the template for one test file, reached with the rights of the program, not those of the owner. */
export async function cloneTemplate(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name} template ${TEMPLATE}`)
  await client.end()
  return urlOf(server, name).replace(/\/\/[^@]*@/, '//duka_app:duka_app@')
}

export async function dropClone(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`drop database if exists ${name} with (force)`)
  await client.end()
}

/** Every test of a run works with the same one. */
export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64')
