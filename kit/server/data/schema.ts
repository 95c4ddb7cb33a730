import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly base: string
  readonly nullable: boolean
  readonly filled: boolean
  readonly fallback: string | null
  readonly kind: string
  readonly comment: string | null
}

const COLUMNS = `
  select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
         case when t.typtype = 'd' then t.typname else format_type(a.atttypid, null) end as base,
         not a.attnotnull as nullable, a.atthasdef or a.attidentity <> '' as filled,
         case when a.attidentity <> '' then 'generated always as identity' else pg_get_expr(d.adbin, d.adrelid) end as fallback,
         c.relkind as kind, col_description(c.oid, a.attnum) as comment
  from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relkind in ('r', 'v', 'm', 'p') order by c.relname, a.attnum`

/** Writes `db/schema.sql` (to be read) and `db/tables.ts` (the types of Kysely) from the migrated database. */
export async function dumpSchema(url: string, root: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const columns = (await client.query<Column>(COLUMNS)).rows
    const rules = await client.query<{ table: string; name: string; def: string }>(
      `select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as def from pg_constraint
       where connamespace = 'public'::regnamespace and conrelid <> 0 and contype <> 'n' order by 1, contype desc, 2`,
    )
    const indexes = await client.query<{ table: string; def: string }>(
      `select tablename as "table", indexdef as def from pg_indexes where schemaname = 'public'
       and indexname not in (select conname from pg_constraint where connamespace = 'public'::regnamespace) order by 1, indexname`,
    )
    const views = await client.query<{ table: string; def: string }>(
      `select viewname as "table", definition as def from pg_views where schemaname = 'public' order by 1`,
    )
    const functions = await client.query<{ def: string }>(
      `select pg_get_functiondef(p.oid) as def from pg_proc p where p.pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by p.proname`,
    )
    const triggers = await client.query<{ def: string }>(
      `select pg_get_triggerdef(oid) as def from pg_trigger where not tgisinternal order by tgrelid::regclass::text, tgname`,
    )
    const lockedTables = (
      await client.query<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity order by 1`,
      )
    ).rows.map((row) => row.name)
    const policies = await client.query<{ def: string }>(
      `select polrelid::regclass::text as "table", format('create policy %s on %s for select to duka_outsider using (%s)', polname, polrelid::regclass, pg_get_expr(polqual, polrelid)) as def
       from pg_policy join pg_class c on c.oid = polrelid where c.relnamespace = 'public'::regnamespace and polname = 'sellers' order by 1, polname`,
    )
    await writeFile(
      join(root, 'db/schema.sql'),
      schemaText(columns, rules.rows, indexes.rows, views.rows, functions.rows, triggers.rows, policies.rows, lockedTables),
    )
    await writeFile(join(root, 'db/tables.ts'), tablesText(columns))
  } finally {
    await client.end()
  }
}

function schemaText(
  columns: readonly Column[],
  rules: readonly { table: string; name: string; def: string }[],
  indexes: readonly { table: string; def: string }[],
  views: readonly { table: string; def: string }[],
  functions: readonly { def: string }[],
  triggers: readonly { def: string }[],
  policies: readonly { def: string }[],
  locked: readonly string[],
): string {
  const parts = ['-- Dumped after migrating. Read it, never edit it.\n']
  for (const [table, own] of Map.groupBy(columns, (column) => column.table)) {
    const view = views.find((one) => one.table === table)
    if (view) {
      parts.push(`create view ${table} with (security_invoker = true) as\n${view.def.trim()}\n`)
      continue
    }
    const lines = own.map(
      (c) =>
        `  ${c.column} ${c.type}${c.nullable ? '' : ' not null'}${c.fallback ? (c.fallback.startsWith('generated') ? ` ${c.fallback}` : ` default ${c.fallback}`) : ''}`,
    )
    for (const rule of rules) if (rule.table === table) lines.push(`  constraint ${rule.name} ${rule.def}`)
    parts.push(`create table ${table} (\n${lines.join(',\n')}\n);`)
    for (const index of indexes) if (index.table === table) parts.push(`${index.def};`)
    parts.push('')
  }
  for (const { def } of functions) parts.push(`${def.trim()};\n`)
  for (const { def } of triggers) parts.push(`${def};`)
  for (const name of locked) parts.push(`alter table ${name} enable row level security;`)
  for (const { def } of policies) parts.push(`${def};`)
  return `${parts.join('\n')}\n`
}

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const typeNames: Record<string, string> = {
  minor: 'Minor',
  qty: 'Qty',
  rate: 'Rate',
  bigint: 'bigint',
  integer: 'number',
  smallint: 'number',
  boolean: 'boolean',
  'timestamp with time zone': 'Temporal.Instant',
  jsonb: 'Json',
  json: 'Json',
  'text[]': 'string[]',
  'uuid[]': 'string[]',
  'bigint[]': 'bigint[]',
  bytea: 'Buffer',
}

/** Read as what was sealed (its comment says what, a text otherwise), written as bytes. */
function sealedType({ comment, nullable }: Column): string {
  const [, read = 'string'] = /^[^[]*\[sealed: (.+)\]$/.exec(comment ?? '') ?? []
  const none = nullable ? ' | null' : ''
  return `ColumnType<${read}${none}, Buffer${none}, Buffer${none}>`
}

function tablesText(columns: readonly Column[]): string {
  const blocks: string[] = []
  const names: string[] = []
  for (const [table, own] of Map.groupBy(columns, (column) => column.table)) {
    const name = camel(`_${table}`)
    names.push(`  ${camel(table)}: ${name}`)
    const isView = own[0]?.kind !== 'r'
    blocks.push(
      `export interface ${name} {\n${own
        .map((c) => {
          if (c.base === 'sealed') return `  ${camel(c.column)}: ${sealedType(c)}`
          const type = `${typeNames[c.base] ?? 'string'}${c.nullable && !isView ? ' | null' : ''}`
          if (type.startsWith('Json') && c.filled) return `  ${camel(c.column)}: ColumnType<unknown, string | undefined, string>`
          return `  ${camel(c.column)}: ${c.filled ? `Generated<${type}>` : type}`
        })
        .join('\n')}\n}`,
    )
  }
  return (
    [
      '// Generated from the migrated database by bin/migrate; never edited.',
      `import type { ColumnType, Generated } from 'kysely'`,
      `import type { Minor, Rate } from '#kit/money.ts'`,
      `import type { Qty } from '#kit/quantity.ts'`,
      `export type Json = ColumnType<unknown, string, string>`,
      ...blocks,
      `export interface Tables {\n${names.join('\n')}\n}`,
    ].join('\n\n') + '\n'
  )
}
