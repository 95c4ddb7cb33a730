import { article, capital, type Names } from './names.ts'
import type { Thing } from './thing.ts'

/** The files of a slice in their reading order: a thing with a life of two states, which works and is there to be changed. */
export function sliceFiles(names: Names, stamp: string): Record<string, string> {
  const { module, slice, table } = names
  const at = `modules/${module}/${slice}/${slice}`
  return {
    [`modules/${module}/migrations/${stamp}_${table}.sql`]: migration(names),
    [`${at}.ts`]: definition(names),
    [`${at}.crud.ts`]: crud(names),
    [`${at}.commands.ts`]: commands(names),
    [`${at}.routes.ts`]: routes(names),
    [`${at}.factory.ts`]: factory(names),
    [`${at}.commands.test.ts`]: test(names),
  }
}

export const sliceThing = ({ slice, name, saidMany }: Names): Thing => ({
  routesFile: `${slice}.routes.ts`,
  permissions: {
    [`${name}.read`]: `See ${saidMany}`,
    [`${name}.edit`]: `Add and change ${saidMany}`,
    [`${name}.complete`]: `Complete ${saidMany}`,
  },
  words: {
    [`verb.${name}.complete`]: 'Complete',
    [`command.${name}.complete`]: 'completed it',
    [`field.${name}.completedAt`]: 'Completed',
  },
  announces: [`${name}.changed`, `${name}.completed`],
})

const migration = ({ table }: Names) => `create table ${table} (
  id            uuid primary key,
  name          text not null,
  note          text,
  state         text not null default 'draft' check (state in ('draft', 'completed')),
  created_at    timestamptz not null default now(),
  completed_at  timestamptz,
  version       integer not null default 1,
  constraint ${table}_completed_when check ((state = 'completed') = (completed_at is not null)),
  constraint ${table}_note_when check (note is not null or state = 'draft')
);
create index ${table}_created on ${table} (created_at, id);
-- People from outside see nothing of it; \`[seller: column]\` would show them the rows of their sellers.
comment on table ${table} is '[insiders]';
`

const definition = ({ name, value, table, said, path }: Names) => `import { z } from 'zod'
import { entity, instant, longText, neededIn, oneOf, optional, readonly, text, uid } from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { machine } from '#kit/machine.ts'

export const ${value}Changed = event('${name}.changed', '${name}.read', z.object({ id: z.uuid() }))
export const ${value}Completed = event('${name}.completed', '${name}.read', z.object({ id: z.uuid() }))

/** ${capital(article(said))} is a draft until somebody completes it. */
export const ${value}Life = machine('draft', {
  complete: { from: ['draft'], to: 'completed', can: '${name}.complete' },
})

export const ${value} = entity('${table}', {
  name: '${name}',
  path: '${path}',
  fields: {
    id: readonly(uid()),
    name: text({ max: 80 }),
    // Whoever reads it later must know why.
    note: neededIn(['completed'], optional(longText({ max: 500 }))),
    state: readonly(oneOf(${value}Life.states)),
    createdAt: readonly(instant()),
    completedAt: readonly(optional(instant())),
  },
  can: { read: '${name}.read', write: '${name}.edit', export: '${name}.read' },
  list: ['name', 'state', 'createdAt'],
  sort: ['-createdAt'],
  filters: ['state'],
  search: ['name'],
  title: 'name',
  life: ${value}Life,
  changeableIn: ['draft'],
})
`

const crud = ({ slice, value }: Names) => `import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { ${value}, ${value}Changed } from './${slice}.ts'

/** List, form, history and export, as every thing has them; screens that show one hear of each change. */
export const ${value}Crud = crudRoutes(
  ${value},
  crud(${value}, {
    async afterCreate(tx, { id }) {
      tx.emit(${value}Changed, { id })
    },
    async afterChange(tx, { id }) {
      tx.emit(${value}Changed, { id })
    },
  }),
)
`

const commands = ({ slice, name, value, inside }: Names) => `import { z } from 'zod'
import { command } from '#kit/server/door/command.ts'
import { step } from '#kit/server/door/step.ts'
import { ${value}, ${value}Completed, ${value}Life } from './${slice}.ts'

export const complete${inside} = command({
  name: '${name}.complete',
  can: ${value}Life.steps.complete.can,
  takes: ['${name}:complete'],
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const { version } = await step(tx, ${value}, id, 'complete', { completedAt: tx.now })
    tx.emit(${value}Completed, { id })
    return { id, version }
  },
})
`

const routes = ({ slice, value, inside, path }: Names) => `import { routes } from '#kit/server/edge/http.ts'
import { complete${inside} } from './${slice}.commands.ts'
import { ${value}Crud } from './${slice}.crud.ts'

export const ${value}Routes = routes({
  ...${value}Crud,
  'POST ${path}/:id/complete': complete${inside},
})
`

const factory = ({ slice, value, inside, path, said }: Names) => `import type { Ctx } from '#kit/server/door/context.ts'
import { ${value}Crud } from './${slice}.crud.ts'

/** A draft that is ready to be completed. */
export async function a${inside}(ctx: Ctx, more: { name?: string; note?: string | null } = {}): Promise<string> {
  const { id } = await ${value}Crud['POST ${path}'](ctx, { name: 'First ${said}', note: 'As agreed', ...more })
  return id
}
`

const test = ({ slice, value, inside, said, path }: Names) => `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { complete${inside} } from './${slice}.commands.ts'
import { ${value}Crud } from './${slice}.crud.ts'
import { a${inside} } from './${slice}.factory.ts'

const world = await aCompany()
const ctx = world.ctx()
const stateOf = async (id: string) => (await ${value}Crud['GET ${path}/:id'](ctx, { id })).row.state

test('${article(said)} is completed once, not without a note, and stays as it was then', async () => {
  const id = await a${inside}(ctx)
  await complete${inside}(ctx, { id })
  assert.equal(await stateOf(id), 'completed')
  await assert.rejects(complete${inside}(ctx, { id }), { code: 'kit.wrongStep', status: 409 })
  const change = ${value}Crud['PATCH ${path}/:id'](ctx, { id, changes: { name: 'Another' } })
  await assert.rejects(change, { code: 'kit.wrongStep', status: 409 })

  const silent = await a${inside}(ctx, { note: null })
  await assert.rejects(complete${inside}(ctx, { id: silent }), { code: 'kit.needed', status: 422 })
  assert.equal(await stateOf(silent), 'draft')
})
`
