import { article, capital, type Names } from './names.ts'
import type { Thing } from './thing.ts'

/** The files of a document in their reading order: a head with lines, a number, and a life of two states. */
export function documentFiles(names: Names, stamp: string): Record<string, string> {
  const { module, slice, table } = names
  const at = `modules/${module}/${slice}/${slice}`
  return {
    [`modules/${module}/migrations/${stamp}_${table}.sql`]: migration(names),
    [`${at}.ts`]: definition(names),
    [`${at}.rules.ts`]: rules(names),
    [`${at}.crud.ts`]: crud(names),
    [`${at}.commands.ts`]: commands(names),
    [`${at}.routes.ts`]: routes(names),
    [`${at}.factory.ts`]: factory(names),
    [`${at}.commands.test.ts`]: test(names),
  }
}

export const documentThing = ({ slice, value, name, said, saidMany, table }: Names): Thing => ({
  routesFile: `${slice}.routes.ts`,
  parts: [`${value}Numbers`],
  tables: [`${table}_line`],
  permissions: {
    [`${name}.read`]: `See ${saidMany}`,
    [`${name}.edit`]: `Write ${saidMany}`,
    [`${name}.complete`]: `Complete ${saidMany}`,
  },
  words: {
    [`verb.${name}.complete`]: 'Complete',
    [`command.${name}.complete`]: 'completed it',
    [`field.${name}.completedAt`]: 'Completed',
    [`field.${name}.what`]: 'What',
    [`field.${name}.lines`]: 'Lines',
    [`numbers.of.${name}`]: capital(saidMany),
    [`state.${name}`]: capital(said),
    [`problem.${name}.noLines`]: noLines(said),
  },
  announces: [`${name}.changed`],
})

const noLines = (said: string) => `Put a line on this ${said} before you complete it.`

const migration = ({ table }: Names) => `create table ${table} (
  id            uuid primary key,
  number        text not null unique,
  state         text not null default 'draft' check (state in ('draft', 'completed')),
  note          text,
  total         minor not null default 0,
  created_at    timestamptz not null default now(),
  completed_at  timestamptz,
  version       integer not null default 1,
  constraint ${table}_completed_when check ((state = 'completed') = (completed_at is not null))
);
create index ${table}_created on ${table} (created_at, id);
-- People from outside see nothing of it; \`[seller: column]\` would show them the rows of their sellers.
comment on table ${table} is '[insiders]';

create table ${table}_line (
  id        uuid primary key,
  document  uuid not null references ${table},
  position  integer not null,
  what      text not null,
  quantity  qty not null check (quantity > 0),
  price     minor not null check (price >= 0),
  amount    minor not null default 0,
  unique (document, position) deferrable initially deferred
);
comment on table ${table}_line is '[insiders]';
`

const definition = ({ name, value, inside, table, said, path }: Names) => `import { document } from '#kit/document.ts'
import { instant, longText, money, oneOf, optional, quantity, readonly, text, uid } from '#kit/entity.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

/** ${capital(article(said))} is a draft until somebody completes it. */
export const ${value}Life = machine('draft', {
  complete: { from: ['draft'], to: 'completed', can: '${name}.complete' },
})

export const ${value} = document('${table}', {
  name: '${name}',
  path: '${path}',
  numbers: '${table.split('_').pop()!.slice(0, 3).toUpperCase()}-{YYYY}-{NNNNN}',
  fields: {
    id: readonly(uid()),
    number: readonly(text({ max: 40 })),
    state: readonly(oneOf(${value}Life.states)),
    note: optional(longText({ max: 500 })),
    total: readonly(money()),
    createdAt: readonly(instant()),
    completedAt: readonly(optional(instant())),
  },
  lines: {
    table: '${table}_line',
    most: 1000,
    fields: {
      what: text({ max: 200 }),
      quantity: { ...quantity({ min: 1n }), initial: '1000000' },
      price: money(),
      amount: readonly(money()),
    },
  },
  can: { read: '${name}.read', write: '${name}.edit', export: '${name}.read' },
  list: ['number', 'state', 'total', 'createdAt'],
  sort: ['-createdAt'],
  filters: ['state', 'createdAt'],
  search: ['number'],
  title: 'number',
  life: ${value}Life,
  changeableIn: ['draft'],
})

export const ${inside}Problem = problems('${name}', {
  noLines: { status: 422, say: '${noLines(said)}' },
})
`

const rules = ({ slice, inside }: Names) => `import { sum, type Minor } from '#kit/money.ts'
import { extend, type Qty } from '#kit/quantity.ts'
import { ${inside}Problem } from './${slice}.ts'

export interface ${inside}Line {
  readonly quantity: Qty
  readonly price: Minor
}

/** What a line comes to, rounded once. */
export const amountOf = ({ price, quantity }: ${inside}Line): Minor => extend(price, quantity, '1')

export const totalOf = (lines: readonly ${inside}Line[]): Minor => sum(lines.map(amountOf))

/** Refuses to complete what has nothing on it. */
export function refuseEmpty(lines: readonly unknown[]): void {
  if (lines.length === 0) throw ${inside}Problem.noLines()
}
`

const crud = ({ slice, value }: Names) => `import { documentRoutes } from '#kit/server/document/document.ts'
import { ${value} } from './${slice}.ts'
import { amountOf, totalOf } from './${slice}.rules.ts'

/** List, page, draft, history and export, as every document has them; what it comes to is worked out when it is written. */
export const ${value}Crud = documentRoutes(${value}, {
  write: (_tx, _head, lines) => ({
    values: { total: totalOf(lines) },
    lines: lines.map((line) => ({ ...line, amount: amountOf(line) })),
  }),
})
`

const commands = ({ slice, value, inside }: Names) => `import { act } from '#kit/server/document/act.ts'
import { refuseEmpty } from './${slice}.rules.ts'
import { ${value} } from './${slice}.ts'

/** From now on it stays as it is. What it posts to the ledgers is called here. */
export const complete${inside} = act(${value}, 'complete', {
  run(tx, { lines }) {
    refuseEmpty(lines)
    return { values: { completedAt: tx.now } }
  },
})
`

const routes = ({ slice, value, inside, path }: Names) => `import { routes } from '#kit/server/edge/http.ts'
import { complete${inside} } from './${slice}.commands.ts'
import { ${value}Crud } from './${slice}.crud.ts'
import { ${value} } from './${slice}.ts'

export const ${value}Routes = routes({
  ...${value}Crud,
  'POST ${path}/:id/complete': complete${inside},
})

/** Its numbers, for the manifest. */
export const ${value}Numbers = ${value}.series
`

const factory = ({ slice, value, inside, path }: Names) => `import type { Ctx } from '#kit/server/door/context.ts'
import { ${value}Crud } from './${slice}.crud.ts'

/** A draft with a line of 3 at 2.50; with none where \`isEmpty\`. */
export async function a${inside}(ctx: Ctx, { isEmpty = false } = {}): Promise<string> {
  const line = { what: 'First', quantity: '3000000', price: '250' }
  const { id } = await ${value}Crud['POST ${path}'](ctx, { lines: isEmpty ? [] : [line] })
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
const show = (id: string) => ${value}Crud['GET ${path}/:id'](ctx, { id })

test('${article(said)} adds up, is completed once, not without a line, and stays as it was then', async () => {
  const id = await a${inside}(ctx)
  const { row, lines } = await show(id)
  assert.deepEqual([row.total, lines[0]!.amount], [750n, 750n])
  await complete${inside}(ctx, { id })
  assert.equal((await show(id)).row.state, 'completed')
  await assert.rejects(complete${inside}(ctx, { id }), { code: 'kit.wrongStep', status: 409 })
  const change = ${value}Crud['PATCH ${path}/:id'](ctx, { id, changes: { lines: [] } })
  await assert.rejects(change, { code: 'kit.wrongStep', status: 409 })

  const empty = await a${inside}(ctx, { isEmpty: true })
  await assert.rejects(complete${inside}(ctx, { id: empty }), { status: 422 })
  assert.equal((await show(empty)).row.state, 'draft')
})
`
