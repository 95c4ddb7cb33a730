import { article, type Names } from './names.ts'
import type { Thing } from './thing.ts'

/** The files of a plain thing: it is added, changed, put aside, imported and exported, and has no life of its own. */
export function entityFiles(names: Names, stamp: string): Record<string, string> {
  const { module, slice, table } = names
  const at = `modules/${module}/${slice}/${slice}`
  return {
    [`modules/${module}/migrations/${stamp}_${table}.sql`]: migration(names),
    [`${at}.ts`]: definition(names),
    [`${at}.crud.ts`]: crud(names),
    [`${at}.test.ts`]: test(names),
  }
}

export const entityThing = ({ slice, value, name, saidMany }: Names): Thing => ({
  routesFile: `${slice}.crud.ts`,
  parts: [`${value}Import`],
  permissions: { [`${name}.read`]: `See ${saidMany}`, [`${name}.edit`]: `Add and change ${saidMany}` },
  words: {},
  announces: [],
})

const migration = ({ table }: Names) => `create table ${table} (
  id           uuid primary key,
  name         text not null unique,
  note         text,
  archived_at  timestamptz,
  version      integer not null default 1
);
-- People from outside see nothing of it; \`[seller: column]\` would show them the rows of their sellers.
comment on table ${table} is '[insiders]';
`

const definition = ({
  name,
  value,
  table,
  path,
}: Names) => `import { entity, longText, optional, readonly, text, uid } from '#kit/entity.ts'

export const ${value} = entity('${table}', {
  name: '${name}',
  path: '${path}',
  fields: {
    id: readonly(uid()),
    name: text({ max: 80 }),
    note: optional(longText({ max: 500 })),
  },
  can: { read: '${name}.read', write: '${name}.edit', import: '${name}.edit', export: '${name}.read' },
  list: ['name', 'note'],
  sort: ['name'],
  search: ['name'],
  title: 'name',
  naturalKey: ['name'],
  archive: true,
})
`

const crud = ({ slice, value }: Names) => `import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { ${value} } from './${slice}.ts'

export const ${value}Import = importEntity(${value})
export const ${value}Routes = routes(crudRoutes(${value}, crud(${value})))
`

const test = ({ slice, value, path, said }: Names) => `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { ${value}Routes } from './${slice}.crud.ts'

const world = await aCompany()
const ctx = world.ctx()
const named = async () => (await ${value}Routes['GET ${path}'](ctx, {})).rows.map((row) => row.name)

test('${article(said)} is added once, changed and put aside', async () => {
  const { id } = await ${value}Routes['POST ${path}'](ctx, { name: 'First', note: null })
  await assert.rejects(${value}Routes['POST ${path}'](ctx, { name: 'First', note: null }), { code: 'kit.duplicate' })
  await ${value}Routes['PATCH ${path}/:id'](ctx, { id, changes: { name: 'Renamed' } })
  assert.deepEqual(await named(), ['Renamed'])
  await ${value}Routes['POST ${path}/:id/archival'](ctx, { id })
  assert.deepEqual(await named(), [])
})
`
