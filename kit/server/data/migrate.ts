import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { StartProblem } from '../host/start-problem.ts'

export interface Migration {
  readonly name: string
  readonly sql: string
  readonly hash: string
}

/** All migrations of the kit and of every module, in the order of their timestamps. */
export async function readMigrations(root: string): Promise<Migration[]> {
  const folders = [join(root, 'kit/migrations')]
  for (const module of await readdir(join(root, 'modules'))) folders.push(join(root, 'modules', module, 'migrations'))
  const found: Migration[] = []
  for (const folder of folders) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.endsWith('.sql')) continue
      const sql = await readFile(join(folder, name), 'utf8')
      found.push({ name, sql, hash: createHash('sha256').update(sql).digest('hex') })
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Brings the database to the program's state: forward only, each file in one transaction, one program at a time.
 * @returns the names that were applied now
 * @throws StartProblem when the database is newer than the program or an applied file was changed since
 */
export async function migrate(ownerUrl: string, migrations: readonly Migration[], appRole = 'duka_app'): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'duka-migrate' })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('duka.migrate'))`)
    await client.query(
      `create table if not exists migration (name text primary key, hash text not null, at timestamptz not null default now())`,
    )
    const applied = new Map(
      (await client.query<{ name: string; hash: string }>('select name, hash from migration')).rows.map((row) => [
        row.name,
        row.hash,
      ]),
    )
    refuseNewer(applied, migrations)
    const now: string[] = []
    for (const { name, sql, hash } of migrations) {
      if (applied.has(name)) continue
      await client.query('begin')
      await client.query(sql)
      await client.query('insert into migration (name, hash) values ($1, $2)', [name, hash])
      await client.query('commit')
      now.push(name)
    }
    if (now.length > 0) {
      await guardAppendOnly(client)
      await lockOutsiders(client, appRole)
      await grantTo(client, appRole)
    }
    await admitToQueue(client, appRole)
    return now
  } finally {
    await client.end()
  }
}

function refuseNewer(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]) {
  const known = new Map(migrations.map((migration) => [migration.name, migration.hash]))
  for (const [name, hash] of applied) {
    if (!known.has(name))
      throw new StartProblem(
        `The database was migrated by a newer Duka (it has ${name}). Start that version, or restore a backup from before.`,
      )
    if (known.get(name) !== hash)
      throw new StartProblem(
        `The migration ${name} was changed after it was applied. Put its file back as it was and add a new one instead.`,
      )
  }
}

/** Tables marked "append-only" in their comment refuse UPDATE and DELETE: by trigger for everybody, by grant for the program. */
async function guardAppendOnly(client: pg.Client) {
  for (const { name, except, columns } of await appendOnlyTables(client)) {
    const update = except ? `update of ${columns.filter((one) => one !== except).join(', ')}` : 'update'
    await client.query(
      `create or replace trigger append_only before ${update} or delete on ${name} for each row execute function refuse_change()`,
    )
    await client.query(
      `create or replace trigger append_only_truncate before truncate on ${name} for each statement execute function refuse_change()`,
    )
  }
}

/** What people from outside read with; no program signs in as it. */
export const OUTSIDER = 'duka_outsider'

/**
 * The second lock for people from outside. Tables say in their comment what they are to them: `[seller: column]`,
 * `[insiders]`, or `[outsiders]`, where they find all that the first lock lets them see. Views look with the eyes of whoever asks, or they would be a way around.
 */
async function lockOutsiders(client: pg.Client, appRole: string) {
  const { rows } = await client.query<{ name: string; kind: string; comment: string | null }>(
    `select quote_ident(c.relname) as name, c.relkind as kind, obj_description(c.oid) as comment from pg_class c
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p', 'v')`,
  )
  const roles = await haveOutsider(client, appRole)
  for (const { name, kind, comment } of rows) {
    if (kind === 'v') await client.query(`alter view ${name} set (security_invoker = true)`)
    const [, column] = /\[seller: (\w+)\]/.exec(comment ?? '') ?? []
    if (kind === 'v' || !(column || comment?.includes('[insiders]'))) continue
    await client.query(`alter table ${name} enable row level security`)
    for (const policy of ['insiders', 'sellers']) await client.query(`drop policy if exists ${policy} on ${name}`)
    // For the program the condition is a constant, so a sale pays nothing for it.
    if (roles.app) await client.query(`create policy insiders on ${name} to ${appRole} using (true) with check (true)`)
    if (roles.outsider && column)
      await client.query(
        `create policy sellers on ${name} for select to ${OUTSIDER} using (${column} = any((select duka_sellers())::uuid[]))`,
      )
  }
}

/** Makes the role where that is allowed; where it is not, people from outside are told so, and see nothing. */
async function haveOutsider(client: pg.Client, appRole: string): Promise<{ app: boolean; outsider: boolean }> {
  const known = async (role: string) =>
    ((await client.query('select 1 from pg_roles where rolname = $1', [role])).rowCount ?? 0) > 0
  if (!(await known(OUTSIDER)))
    // Another database of the same server may be making it at this moment.
    await client.query(`do $$ begin create role ${OUTSIDER} nologin;
      exception when duplicate_object or unique_violation or insufficient_privilege then null; end $$`)
  const [app, outsider] = [await known(appRole), await known(OUTSIDER)]
  if (!outsider) return { app, outsider }
  const members = [app ? appRole : 'current_user']
  for (const member of members)
    await client.query(`do $$ begin grant ${OUTSIDER} to ${member}; exception when others then null; end $$`)
  await client.query(`grant usage on schema public to ${OUTSIDER}`)
  await client.query(`grant select on all tables in schema public to ${OUTSIDER}`)
  await client.query(`grant execute on all functions in schema public to ${OUTSIDER}`)
  return { app, outsider }
}

async function grantTo(client: pg.Client, role: string) {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
  if (!rowCount) return
  await client.query(`grant usage on schema public to ${role}`)
  await client.query(`grant select, insert, update, delete on all tables in schema public to ${role}`)
  await client.query(`grant usage, select on all sequences in schema public to ${role}`)
  await client.query(`grant execute on all functions in schema public to ${role}`)
  await client.query(`revoke insert, update, delete on migration from ${role}`)
  const { rows: kept } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and obj_description(oid) like 'kept by triggers%'`,
  )
  for (const { name } of kept) await client.query(`revoke insert, update, delete, truncate on ${name} from ${role}`)
  for (const { name, except, without, columns } of await appendOnlyTables(client)) {
    await client.query(`revoke update, delete, truncate on ${name} from ${role}`)
    if (except) await client.query(`grant update (${except}) on ${name} to ${role}`)
    if (!without) continue
    await client.query(`revoke insert on ${name} from ${role}`)
    await client.query(`grant insert (${columns.filter((one) => one !== without).join(', ')}) on ${name} to ${role}`)
  }
}

/** The queue locks its tables for everybody but the owner (row-level security); the program is let in by a policy. */
async function admitToQueue(client: pg.Client, role: string) {
  const { rows } = await client.query<{ name: string; admitted: boolean }>(
    `select c.relname as name, exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'duka_program') as admitted
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'graphile_worker' and c.relkind in ('r', 'p') and exists (select from pg_roles where rolname = $1)`,
    [role],
  )
  if (rows.every((row) => row.admitted)) return
  for (const { name, admitted } of rows) {
    if (!admitted)
      await client.query(`create policy duka_program on graphile_worker.${name} to ${role} using (true) with check (true)`)
  }
  await client.query(`grant usage on schema graphile_worker to ${role}`)
  await client.query(`grant all on all tables in schema graphile_worker to ${role}`)
  await client.query(`grant all on all sequences in schema graphile_worker to ${role}`)
  await client.query(`grant execute on all functions in schema graphile_worker to ${role}`)
}

/**
 * Tables whose rows are final, by their comment: `append-only`, `append-only except prints` (that column may change),
 * `append-only without at` (the database alone fills that one). What is `kept by triggers` is written by nobody else.
 */
async function appendOnlyTables(client: pg.Client) {
  const { rows } = await client.query<{ name: string; except: string | null; without: string | null; columns: string[] }>(
    `select c.relname as name, substring(obj_description(c.oid) from '^append-only except (\\w+)') as except,
       substring(obj_description(c.oid) from '^append-only without (\\w+)') as without,
       (select array_agg(quote_ident(a.attname)) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and obj_description(c.oid) like 'append-only%' order by 1`,
  )
  return rows
}
