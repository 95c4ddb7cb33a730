import pg from 'pg'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrateQueue } from '#kit/server/door/job.ts'
import { migrate, readMigrations } from '#kit/server/data/migrate.ts'

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

/** A second template: a company that has been set up. Most test files begin with one. */
export const COMPANY = 'duka_company'

/** A clone of a template for one test file, reached with the rights of the program, not those of the owner. */
export async function cloneTemplate(server: string, name: string, template = TEMPLATE): Promise<string> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name} template ${template} strategy file_copy`)
  await client.end()
  return urlOf(server, name).replace(/\/\/[^@]*@/, '//duka_app:duka_app@')
}

/** Whoever set the company up has signed in just now, as after a set-up of its own. */
export async function freshen(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(server, name) })
  await client.connect()
  await client.query(
    'update access_session set created_at = now(), seen_at = now(), proven_at = now(), expires_at = now() + (expires_at - created_at)',
  )
  await client.end()
}

export async function dropClone(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`drop database if exists ${name} with (force)`)
  await client.end()
}

/** Every test of a run works with the same one. */
export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64')
