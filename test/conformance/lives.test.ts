import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { after, test } from 'node:test'
import pg from 'pg'
import { declaredDocuments } from '#kit/document.ts'
import { declaredEntities, writableFields } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { declaredLives, PROGRAM, type Machine } from '#kit/machine.ts'
import { declaredEndpoints } from '#kit/server/door/command.ts'
import { modules } from '../../server.ts'
import { server } from '../harness.ts'
import { nameOf, readSource, textOf, walk } from '../../bin/checks/source.ts'
import { cloneTemplate, dropClone, root } from '../template.ts'

/** Lives as they are declared, as commands take their steps and as the database knows their states. */
const name = `t_${newId().replaceAll('-', '')}`
const client = new pg.Client({ connectionString: await cloneTemplate(server(), name) })
await client.connect()
after(async () => {
  await client.end()
  await dropClone(server(), name)
})
const none = (found: readonly string[]) => assert.deepEqual(found, [])
const snake = (camel: string) => camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const entities = [...declaredEntities.values()]
const lives: (readonly [of: string, table: string, life: Machine])[] = [
  ...entities.flatMap((one) => (one.life ? [[one.name, one.table, one.life] as const] : [])),
  ...[...declaredLives].map(([of, one]) => [of, one.table, one] as const),
]

test('each step that somebody asks for is taken by a command that is on a route; the program’s own steps by nobody’s request', () => {
  const mounted = new Set(modules.flatMap((one) => one.routes).flatMap((group) => Object.values(group)))
  const takers = (step: string) => [...declaredEndpoints.values()].filter((one) => one.spec.takes?.includes(step))
  none(
    lives.flatMap(([of, , life]) =>
      Object.entries(life.steps).flatMap(([verb, { can }]) => {
        const all = takers(`${of}:${verb}`)
        const isOnRoute = all.some((one) => mounted.has(one as never))
        if (can === PROGRAM) return []
        return isOnRoute ? [] : [`${of}: ${all.length === 0 ? 'no command takes' : 'no route leads to'} ${verb}`]
      }),
    ),
  )
})

test('the program takes each step that is its own: some call, beside the declaration, names it', () => {
  const named = new Map<string, Set<string>>()
  for (const path of globSync('{kit,modules}/**/*.ts', { cwd: root }).filter((one) => !/\.(test|factory)\.ts$/.test(one))) {
    const source = readSource(root, path)
    const [top, module] = path.split('/')
    const unit = top === 'kit' ? top : module!
    const verbs = named.get(unit) ?? new Set()
    named.set(unit, verbs)
    walk(source.program, (node, parent) => {
      // From and to are states, not verbs.
      const isState = parent?.type === 'Property' && ['to', 'from', 'state'].includes(nameOf(parent['key']))
      const text = isState ? undefined : textOf(node)
      if (text !== undefined && parent?.type !== 'ArrayExpression') verbs.add(text)
    })
  }
  none(
    lives.flatMap(([of, , life]) =>
      Object.entries(life.steps)
        // A life is called by names that are stored; the module that lives it may be another one.
        .filter(([verb, { can }]) => can === PROGRAM && ![...named.values()].some((unit) => unit.has(of) && unit.has(verb)))
        .map(([verb]) => `${of}: nothing takes ${verb}`),
    ),
  )
})

test('commands take only steps that there are', () => {
  const known = new Set(lives.flatMap(([of, , life]) => Object.keys(life.steps).map((verb) => `${of}:${verb}`)))
  none(
    [...declaredEndpoints.values()].flatMap((one) =>
      (one.spec.takes ?? []).filter((step) => !known.has(step)).map((step) => `${one.spec.name} takes ${step}`),
    ),
  )
})

test('fields are changed, fixed and needed in states that there are', () => {
  none(
    entities.flatMap((one) => {
      const fields = Object.entries(one.fields)
      const named = [
        ...(one.changeableIn ?? []),
        ...fields.flatMap(([, { fixedIn = [], neededIn = [] }]) => [...fixedIn, ...neededIn]),
        ...(declaredDocuments.get(one.table)?.lines.fixedIn ?? []),
      ]
      const unknown = named.filter((state) => !one.life?.states.includes(state)).map((state) => `${one.name}: ${state}`)
      // Nothing is fixed by its state where nothing may be changed.
      const idle = fields.filter(([, { fixedIn = [] }]) => fixedIn.some((state) => one.changeableIn?.includes(state) === false))
      return [...unknown, ...idle.map(([name]) => `${one.name}.${name} is fixed where nothing changes`)]
    }),
  )
})

test('a field stands in one section, and every field that somebody fills in stands in some', () => {
  none(
    entities.flatMap(({ name: of, fields, sections }) => {
      if (!sections) return []
      const placed = Object.values(sections).flat()
      return [
        ...placed.filter((field, index) => placed.indexOf(field) !== index).map((field) => `${of}.${field} twice`),
        ...placed.filter((field) => !(field in fields)).map((field) => `${of}.${field} is no field`),
        ...writableFields({ fields }).flatMap(([field]) => (placed.includes(field) ? [] : [`${of}.${field} in none`])),
      ]
    }),
  )
})

test('what a column may hold is what is declared, no more and no less: choices, and the states of every life', async () => {
  const { rows } = await client.query<{ table: string; columns: string[]; text: string }>(`
    select conrelid::regclass::text as "table", pg_get_constraintdef(oid) as text,
      (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = conrelid and a.attnum = any(conkey)) as columns
    from pg_constraint where connamespace = 'public'::regnamespace and contype = 'c'`)
  const wanted = [
    // A view tells what stands in tables.
    ...entities.flatMap((one) =>
      Object.entries(one.fields).flatMap(([field, { kind, values }]) =>
        kind === 'choice' && Array.isArray(values) && !one.isView
          ? [[one.table, snake(field), values as readonly string[]] as const]
          : [],
      ),
    ),
    ...lives.map(([, table, life]) => [table, 'state', life.states] as const),
  ]
  assert.ok(wanted.length > 20)
  none(
    wanted.flatMap(([table, column, values]) => {
      // The rule that names the column and nothing beside it lists what it may hold.
      const rule = rows.find(
        (one) => one.table === table && one.columns.length === 1 && one.columns[0] === column && /= ANY|= '/.test(one.text),
      )
      if (!rule) return [`${table}.${column} is not checked`]
      const held = [...rule.text.matchAll(/'([^']*)'::text/g)].map((match) => match[1]!)
      const differ = [
        ...held.filter((value) => !values.includes(value)).map((value) => `more: ${value}`),
        ...values.filter((value) => !held.includes(value)).map((value) => `less: ${value}`),
      ]
      return differ.map((one) => `${table}.${column} allows ${one}`)
    }),
  )
})

test('every state is that of a life', async () => {
  // One that may only hold one state, of what is made whole, never changes.
  const { rows } = await client.query<{ table: string }>(`
    select c.relname as "table" from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attname = 'state' and not a.attisdropped and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint k where k.conrelid = c.oid and pg_get_constraintdef(k.oid) ~ '^CHECK \\(\\(state = ''\\w+''::text\\)\\)$')`)
  const alive = new Set(lives.map(([, table]) => table))
  none(rows.filter(({ table }) => !alive.has(table)).map(({ table }) => `${table}.state is written without a life`))
})

test('people from outside: every table says what it is to them, and every view looks with their eyes', async () => {
  const { rows } = await client.query<{
    name: string
    kind: string
    comment: string | null
    options: string[] | null
    locked: boolean
    policies: string[]
  }>(`
    select c.relname as name, c.relkind as kind, obj_description(c.oid) as comment, c.reloptions as options, c.relrowsecurity as locked,
      array(select p.polname::text from pg_policy p where p.polrelid = c.oid order by 1) as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')`)
  none(
    rows.flatMap(({ name: of, kind, comment, options, locked, policies }) => {
      if (kind === 'm') return [`${of} keeps a copy that no lock guards`]
      if (kind === 'v') return options?.includes('security_invoker=true') ? [] : [`${of} looks with the eyes of its owner`]
      const [, said] = /\[(insiders|outsiders|seller: \w+)\]/.exec(comment ?? '') ?? []
      if (!said) return [`${of} does not say what it is to people from outside`]
      if (said === 'outsiders') return locked ? [`${of} is open to people from outside, and locked`] : []
      const needed = said === 'insiders' ? ['insiders'] : ['insiders', 'sellers']
      return locked && needed.join() === policies.join()
        ? []
        : [`${of} is ${said}, and its policies are ${policies.join() || 'none'}`]
    }),
  )
})
