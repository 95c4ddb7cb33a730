import type { Names } from './names.ts'

type Files = Record<string, string>

/** The files of a slice in their reading order: a thing with a life of two states, which works and is there to be changed. */
export function sliceFiles(names: Names, stamp: string): Files {
  const { module, slice, table } = names
  const at = `modules/${module}/${slice}/${slice}`
  return {
    [`modules/${module}/migrations/${stamp}_${table}.sql`]: migration(names),
    [`${at}.ts`]: definition(names),
    [`${at}.rules.ts`]: rules(names),
    [`${at}.store.ts`]: store(names),
    [`${at}.commands.ts`]: commands(names),
    [`${at}.queries.ts`]: queries(names),
    [`${at}.routes.ts`]: routes(names),
    [`modules/${module}/${slice}/${names.path.split('/').at(-1)!}.page.tsx`]: page(names),
    [`${at}.factory.ts`]: factory(names),
    [`${at}.commands.test.ts`]: commandsTest(names),
  }
}

const migration = ({ table }: Names) => `create table ${table} (
  id            uuid primary key,
  name          text not null,
  note          text,
  state         text not null default 'draft' check (state in ('draft', 'completed')),
  created_at    timestamptz not null default now(),
  completed_at  timestamptz,
  version       integer not null default 1,
  check ((state = 'completed') = (completed_at is not null))
);
create index ${table}_created on ${table} (created_at, id);
`

const definition = ({ module, slice, value, inside, table, said, path }: Names) => `import { z } from 'zod'
import { entity, instant, longText, oneOf, optional, readonly, text, uid } from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

/** A ${said} is a draft until somebody completes it. */
export const ${value}Life = machine('draft', {
  complete: { from: ['draft'], to: 'completed', can: '${module}.${slice}.complete' },
})

export const ${value} = entity('${table}', {
  name: '${module}.${slice}',
  path: '${path}',
  fields: {
    id: readonly(uid()),
    name: text({ max: 80 }),
    note: optional(longText({ max: 500 })),
    state: readonly(oneOf(${value}Life.states)),
    createdAt: readonly(instant()),
    completedAt: readonly(optional(instant())),
  },
  can: { read: '${module}.${slice}.read', write: '${module}.${slice}.edit', export: '${module}.${slice}.read' },
  list: ['name', 'state', 'createdAt'],
  sort: ['-createdAt'],
  filters: ['state'],
  search: ['name'],
  title: 'name',
  life: ${value}Life,
})

export const ${inside}Problem = problems('${module}.${slice}', {
  noNote: { status: 422, say: 'Write a note before you complete this ${said}.' },
})

export const ${value}Completed = event('${module}.${slice}.completed', '${module}.${slice}.read', z.object({ id: z.uuid() }))
`

const rules = ({ slice, inside, said }: Names) => `import { ${inside}Problem } from './${slice}.ts'

/** Refuses to complete a ${said} that tells nothing: whoever reads it later must know why. */
export function refuseUnready(row: Readonly<Record<string, unknown>>): void {
  if (!row['note']) throw ${inside}Problem.noNote()
}
`

const store = ({ slice, value, inside }: Names) => `import type { Entity } from '#kit/entity.ts'
import { mayStep } from '#kit/machine.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/context.ts'
import { lockRow, updateRow } from '#kit/server/crud.ts'
import { ${value}, ${value}Life } from './${slice}.ts'

type Locked = Awaited<ReturnType<typeof lockRow>>
const of = ${value} as unknown as Entity

export const lock${inside} = (tx: Tx, id: string): Promise<Locked> => lockRow(tx, of, id)

/** Takes one step of its life under the row's lock. @throws \`kit.wrongStep\` when its state does not allow it */
export function move${inside}(tx: Tx, row: Locked, verb: keyof typeof ${value}Life.steps, values: Record<string, unknown>): Promise<number> {
  if (!mayStep(${value}Life, verb, row['state'] as string)) throw CommonProblem.wrongStep({ state: row['state'] as string })
  return updateRow(tx, of, row, { ...values, state: ${value}Life.steps[verb].to })
}
`

const commands = ({ module, slice, value, inside }: Names) => `import { z } from 'zod'
import { createSchema, type Entity } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { command } from '#kit/server/command.ts'
import { insertRow } from '#kit/server/crud.ts'
import { refuseUnready } from './${slice}.rules.ts'
import { lock${inside}, move${inside} } from './${slice}.store.ts'
import { ${value}, ${value}Completed, ${value}Life } from './${slice}.ts'

export const create${inside} = command({
  name: '${module}.create${inside}',
  can: ${value}.can.write!,
  input: createSchema(${value}),
  async run(tx, input) {
    const id = input.id ?? newId()
    await insertRow(tx, ${value} as unknown as Entity, { ...input, id })
    return { id }
  },
})

export const complete${inside} = command({
  name: '${module}.complete${inside}',
  can: ${value}Life.steps.complete.can,
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const row = await lock${inside}(tx, id)
    refuseUnready(row)
    const version = await move${inside}(tx, row, 'complete', { completedAt: tx.now })
    tx.emit(${value}Completed, { id })
    return { id, version }
  },
})
`

const queries = ({ module, slice, value, inside, insideMany }: Names) => `import { z } from 'zod'
import type { Entity } from '#kit/entity.ts'
import { query } from '#kit/server/command.ts'
import { getRow, historyOf } from '#kit/server/crud.ts'
import { listInput, listRows } from '#kit/server/list.ts'
import { ${value} } from './${slice}.ts'

const of = ${value} as unknown as Entity
const can = ${value}.can.read
const input = z.object({ id: z.uuid() })

export const list${insideMany} = query({ name: '${module}.list${insideMany}', can, input: listInput, run: (reading, asked) => listRows(reading, of, asked) })
export const show${inside} = query({ name: '${module}.show${inside}', can, input, run: (reading, { id }) => getRow(reading, of, id) })
export const historyOf${inside} = query({ name: '${module}.historyOf${inside}', can, input, run: (reading, { id }) => historyOf(reading, of, id) })
`

const routes = ({ slice, value, inside, insideMany, path }: Names) => `import { routes } from '#kit/server/http.ts'
import { complete${inside}, create${inside} } from './${slice}.commands.ts'
import { historyOf${inside}, list${insideMany}, show${inside} } from './${slice}.queries.ts'

export const ${value}Routes = routes({
  'GET ${path}': list${insideMany},
  'POST ${path}': create${inside},
  'GET ${path}/:id': show${inside},
  'GET ${path}/:id/history': historyOf${inside},
  'POST ${path}/:id/completion': complete${inside},
})
`

const page = ({ slice, value, insideMany }: Names) => `import { ListPage } from '#kit/web/ListPage.tsx'
import { ${value} } from './${slice}.ts'

export default function ${insideMany}Page() {
  return <ListPage entity={${value}} />
}
`

const factory = ({ slice, inside, said }: Names) => `import type { Ctx } from '#kit/server/context.ts'
import { create${inside} } from './${slice}.commands.ts'

/** A draft that is ready to be completed. */
export async function a${inside}(ctx: Ctx, more: { name?: string; note?: string | null } = {}): Promise<string> {
  const { id } = await create${inside}(ctx, { name: 'First ${said}', note: 'As agreed', ...more })
  return id
}
`

const commandsTest = ({ slice, inside, said }: Names) => `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemContext } from '#kit/server/context.ts'
import { aCompany } from '#test/harness.ts'
import { complete${inside} } from './${slice}.commands.ts'
import { a${inside} } from './${slice}.factory.ts'
import { show${inside} } from './${slice}.queries.ts'

const world = await aCompany()
const ctx = systemContext(world.database, 'test')
const stateOf = async (id: string) => (await show${inside}(ctx, { id })).row['state']

test('a ${said} is completed once, and not without a note', async () => {
  const id = await a${inside}(ctx)
  await complete${inside}(ctx, { id })
  assert.equal(await stateOf(id), 'completed')
  await assert.rejects(complete${inside}(ctx, { id }), { code: 'kit.wrongStep', status: 409 })

  const silent = await a${inside}(ctx, { note: null })
  await assert.rejects(complete${inside}(ctx, { id: silent }), { status: 422 })
  assert.equal(await stateOf(silent), 'draft')
})
`

/** What the generator leaves to the person, because it changes files that are there already: where, and what. */
export const sliceSteps = ({ module, slice, value, said, saidMany, path }: Names): [string, string][] => [
  [`modules/${module}/module.ts`, `import { ${value}Routes } from './${slice}/${slice}.routes.ts', and add it to routes`],
  [
    `modules/${module}/${module}.access.ts`,
    `'${module}.${slice}.read': 'See ${saidMany}', '${module}.${slice}.edit': 'Add and change ${saidMany}', '${module}.${slice}.complete': 'Complete a ${said}'`,
  ],
  [
    'web/routes.tsx',
    `entityPages(${value}, { list: () => import('#modules/${module}/${slice}/${path.split('/').at(-1)!}.page.tsx'), menu: … })`,
  ],
  ['words/*.json', `entity.${slice}, entities.${slice} and its new fields, in every language`],
  ['bin/migrate', 'makes the table and writes db/schema.sql and db/tables.ts'],
]
