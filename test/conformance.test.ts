import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { inspect } from 'node:util'
import pg from 'pg'
import { declaredAccess } from '#kit/access.ts'
import { declaredDocuments } from '#kit/document.ts'
import { beyondOf, declaredEntities, integer, ref, uid, valuesOf, type Entity, type Field, type FieldKind } from '#kit/entity.ts'
import { declaredEvents } from '#kit/event.ts'
import { newId } from '#kit/id.ts'
import { declaredLives, PROGRAM } from '#kit/machine.ts'
import { strays } from '#kit/part.ts'
import { declaredProblems } from '#kit/problem.ts'
import { declaredEndpoints } from '#kit/server/door/command.ts'
import { dumpSchema } from '#kit/server/data/schema.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { modules } from '../server.ts'
import { server } from './harness.ts'
import { cloneTemplate, dropClone, root } from './template.ts'

/** What is declared, what is in the database and what is said in words are one thing. Each test lists all that is not. */
const name = `t_${newId().replaceAll('-', '')}`
const url = await cloneTemplate(server(), name)
const client = new pg.Client({ connectionString: url })
await client.connect()
after(async () => {
  await client.end()
  await dropClone(server(), name)
})

const none = (found: readonly string[]) => assert.deepEqual(found, [])
const snake = (camel: string) => camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const entities = [...declaredEntities.values()]
const permissions = new Map(declaredAccess().flatMap((one) => Object.entries(one.permissions)))
const isOpen = (can: string) => can === 'public' || can === 'signedIn' || can === PROGRAM
const languages = Object.entries(serverWords()).map(([name, words]) => ({ name, words }))

const COLUMN_TYPES: Record<FieldKind, readonly string[]> = {
  id: ['uuid'],
  ref: ['uuid'],
  text: ['text'],
  longText: ['text'],
  email: ['text'],
  phone: ['text'],
  choice: ['text'],
  integer: ['integer', 'smallint', 'bigint'],
  money: ['bigint'],
  quantity: ['bigint'],
  rate: ['bigint'],
  flag: ['boolean'],
  instant: ['timestamp with time zone'],
  day: ['date'],
  json: ['jsonb'],
  texts: ['text[]'],
}

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly nullable: boolean
}
const { rows: columns } = await client.query<Column>(`
  select c.relname as "table", a.attname as "column",
         case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) else format_type(a.atttypid, a.atttypmod) end as type,
         not a.attnotnull as nullable
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`)
const { rows: rules } = await client.query<{ table: string; kind: string; columns: string[]; text: string; to: string | null }>(`
  select conrelid::regclass::text as "table", contype as kind, pg_get_constraintdef(oid) as text,
         case when confrelid <> 0 then confrelid::regclass::text end as to,
         (select array_agg(a.attname::text order by k.at) from unnest(conkey) with ordinality k(num, at)
          join pg_attribute a on a.attrelid = conrelid and a.attnum = k.num) as columns
  from pg_constraint where connamespace = 'public'::regnamespace`)

const { rows: viewed } = await client.query<Column>(`
  select c.relname as "table", a.attname as "column",
         case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) else format_type(a.atttypid, a.atttypmod) end as type,
         true as nullable
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'`)

/** Lines of documents have a table of their own, with where they stand. */
const lines = [...declaredDocuments.values()].map(
  ({ name, table, lines: { table: own, fields } }): Pick<Entity, 'table' | 'name' | 'fields' | 'can' | 'archive'> => ({
    name,
    table: own,
    can: { read: '' },
    fields: { id: uid(), document: ref(table), position: integer(), ...fields },
  }),
)

test('a table is what its definition says: columns, types, what may be empty, references, choices', () => {
  const wrong = [...entities.filter((one) => !one.isView), ...lines].flatMap((entity) => {
    const own = new Map(columns.filter((one) => one.table === entity.table).map((one) => [one.column, one]))
    if (own.size === 0) return [`${entity.table} does not exist`]
    const extra = [...(entity.can.write ? ['version'] : []), ...(entity.archive ? ['archived_at'] : [])].filter(
      (column) => !own.has(column),
    )
    return [
      ...extra.map((column) => `${entity.table}.${column} is missing`),
      ...Object.entries(entity.fields).flatMap(([key, field]) => wrongField(entity, snake(key), field, own.get(snake(key)))),
    ]
  })
  none(wrong)
})

// What may be empty in a view can't be asked: it follows from its statement. What its rows are limited by stands in it, too.
test('a view is what its definition says: columns and types, and what its lists rest on', () => {
  const wrong = entities
    .filter((one) => one.isView)
    .flatMap((entity) => {
      const own = new Map(viewed.filter((one) => one.table === entity.table).map((one) => [one.column, one.type]))
      const { place, alsoPlace, own: owner, seller } = entity.scope ?? {}
      const beyond = Object.values(beyondOf(entity)).flatMap((one) =>
        one.through ? [one.through.row ?? 'id'] : [one.column].flat(),
      )
      const needed = [place, alsoPlace, owner, seller].flatMap((name) => (name ? [snake(name)] : []))
      return [
        ...[...needed, ...beyond.map(snake)]
          .filter((column) => !own.has(column))
          .map((column) => `${entity.table}.${column} is missing`),
        ...Object.entries(entity.fields)
          .filter(([key, field]) => !COLUMN_TYPES[field.kind].includes(own.get(snake(key)) ?? ''))
          .map(([key, { kind }]) => `${entity.table}.${snake(key)} is ${own.get(snake(key))}, declared as ${kind}`),
      ]
    })
  none(wrong)
  assert.ok(entities.some((one) => one.isView))
})

function wrongField(entity: Pick<Entity, 'table'>, column: string, field: Field, found: Column | undefined): string[] {
  const at = `${entity.table}.${column}`
  if (!found) return [`${at} is missing`]
  const own = rules.filter((rule) => rule.table === entity.table && rule.columns?.includes(column))
  const types = field.sealed ? ['bytea'] : COLUMN_TYPES[field.kind]
  const isFound = columns.some((one) => one.table === entity.table && one.column === `${column}_index`)
  return [
    ...(types.includes(found.type) ? [] : [`${at} is ${found.type}, declared as ${field.kind}`]),
    ...(found.nullable === field.optional ? [] : [`${at} ${found.nullable ? 'may' : 'may not'} be empty, declared otherwise`]),
    ...(field.sealed && !own.some((rule) => rule.text.includes(`seals(${column}, id)`))
      ? [`${at} may hold what was sealed for another record`]
      : []),
    ...(Boolean(field.findable) === isFound ? [] : [`${at} and its index are not of one mind`]),
    ...(field.kind === 'ref' && !own.some((rule) => rule.kind === 'f' && rule.to === field.to)
      ? [`${at} is not a reference to ${field.to}`]
      : []),
  ]
}

const MOST_IN: Readonly<Record<string, bigint>> = { smallint: 32_767n, integer: 2_147_483_647n, bigint: 2n ** 63n - 1n }
test('what a field takes as a number, its column takes too: a form tells what is too much before the database does', async () => {
  const numbers = [...entities.filter(({ isView, can }) => !isView && can.write), ...lines].flatMap(({ table, fields }) =>
    Object.entries(fields)
      .filter(([, { kind, sealed }]) => !sealed && ['integer', 'money', 'quantity', 'rate'].includes(kind))
      .map(([key, field]) => ({ table, column: snake(key), field })),
  )
  const wrong = numbers.map(({ table, column, field }) => {
    const own = rules.filter((rule) => rule.kind === 'c' && rule.table === table && `${rule.columns}` === column)
    const most = MOST_IN[columns.find((one) => one.table === table && one.column === column)!.type]!
    // Where a rule could end, on both sides of it.
    const said = own.flatMap(({ text }) => text.match(/\d+/g) ?? []).map(BigInt)
    const ends = [0n, most, 10_000_000n, 1_000_000_000n, 10n ** 13n, 10n ** 15n, ...said].flatMap((end) => [end, -end])
    const taken = [...new Set(ends.flatMap((end) => [end - 1n, end, end + 1n]))].filter(
      (one) => field.schema.safeParse(field.kind === 'integer' ? Number(one) : String(one)).success,
    )
    const conditions = own.map(({ text }) => text.replace(/^CHECK /, ''))
    return `select '${table}.${column} refuses ' || ${column} as text from unnest('{${taken.join()}}'::numeric[]) as tried(${column})
      where not (${[`${column} between ${-most - 1n} and ${most}`, ...conditions].join(' and ')})`
  })
  const { rows } = await client.query<{ text: string }>(wrong.join(' union all '))
  none(rows.map(({ text }) => text))
  assert.ok(numbers.length > 40)
})

test('every reference has an index, so that nothing is locked or searched row by row', async () => {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select i.indrelid::regclass::text as "table",
      (select array_agg(a.attname::text order by k.at) from unnest(i.indkey::int2[]) with ordinality k(num, at)
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num) as columns
    from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace`)
  const isIndexed = (table: string, wanted: readonly string[]) =>
    rows.some(
      (index) => index.table === table && wanted.every((column) => index.columns.slice(0, wanted.length).includes(column)),
    )
  none(
    rules
      .filter((rule) => rule.kind === 'f' && !isIndexed(rule.table, rule.columns))
      .map((rule) => `${rule.table}(${rule.columns.join(', ')})`),
  )
})

test('no amount is a floating-point number and no moment lacks its time zone', () => {
  none(
    columns
      .filter(({ type }) => /^(real|double|money|timestamp without|time |numeric$)/.test(type))
      .map(({ table, column, type }) => `${table}.${column} is ${type}`),
  )
})

test('the committed schema is the one that the migrations make', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'duka-schema-'))
  after(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'db'))
  await dumpSchema(url, folder)
  for (const file of ['db/schema.sql', 'db/tables.ts'])
    none(
      differences(await readFile(join(folder, file), 'utf8'), readFileSync(join(root, file), 'utf8')).map(
        (line) => `${file}: ${line} (run bin/migrate)`,
      ),
    )
})

test('every command and query asks for a permission that exists and is on a route', () => {
  const mounted = new Set(modules.flatMap((one) => one.routes).flatMap((group) => Object.values(group)))
  none(
    [...declaredEndpoints].flatMap(([key, endpoint]) => [
      ...(isOpen(endpoint.spec.can) || permissions.has(endpoint.spec.can) ? [] : [`${key} asks for ${endpoint.spec.can}`]),
      ...(endpoint.kind === 'query' || endpoint.spec.internal || mounted.has(endpoint as never) ? [] : [`${key} is on no route`]),
      ...(endpoint.spec.internal && mounted.has(endpoint as never) ? [`${key} is internal and on a route`] : []),
    ]),
  )
})

test('every permission has a sentence, is used, and belongs to a role; roles hold only what exists', () => {
  const used = new Set([
    ...[...declaredEndpoints.values()].map((one) => one.spec.can),
    ...entities.flatMap((one) => [
      ...Object.values(one.can),
      ...Object.values(one.fields).flatMap((field) => [field.seenBy ?? [], field.setBy ?? []].flat()),
      ...Object.values(one.life?.steps ?? {}).map((step) => step.can),
    ]),
    ...[...declaredEvents.values()].map((one) => one.seenBy),
  ])
  const sources = globSync('{kit,modules}/**/*.{ts,tsx}', { cwd: root, exclude: (path) => /access\.ts$|\.test\./.test(path) })
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n')
  const held = new Set(
    declaredAccess()
      .flatMap((one) => Object.values(one.roles).flat())
      .map((line) => line.split('@')[0]!),
  )
  none([
    ...[...permissions].filter(([, sentence]) => sentence.length < 5).map(([key]) => `${key} has no sentence`),
    ...[...permissions.keys()]
      .filter((key) => !used.has(key) && !sources.includes(`'${key}'`))
      .map((key) => `${key} is not used`),
    ...[...used].filter((key) => !isOpen(key) && !permissions.has(key)).map((key) => `${key} is used and not declared`),
    ...[...held].filter((key) => key && !permissions.has(key)).map((key) => `a role holds ${key}, which is not declared`),
  ])
})

test('every state of every life can be reached and left or is an end; every event names who may hear it', () => {
  none([
    ...[...entities.map(({ name, life }) => [name, life] as const), ...declaredLives].flatMap(([of, life]) => {
      if (!life) return []
      const reached = new Set([life.start])
      for (let size = 0; size < reached.size;) {
        size = reached.size
        for (const step of Object.values(life.steps)) if (step.from.some((from) => reached.has(from))) reached.add(step.to)
      }
      return life.states.filter((state) => !reached.has(state)).map((state) => `${of}: nothing leads to ${state}`)
    }),
    ...[...declaredEvents.values()]
      .filter(({ name: of }) => !/^[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+$/.test(of))
      .map((event) => `${event.name} is not named area.thing.happened`),
  ])
})

function differences(made: string, committed: string): string[] {
  const [a, b] = [made.split('\n'), committed.split('\n')]
  return [...a.filter((line) => !b.includes(line)), ...b.filter((line) => !a.includes(line))].slice(0, 20)
}

/** Which languages lack words for a declared thing; a longer name may be covered by its last parts, as on the page. */
function lacks(family: string, key: string, all = languages): string[] {
  const parts = key.split('.')
  const keys = parts.map((_, at) => `${family}.${parts.slice(at).join('.')}`)
  const has = (words: Record<string, string>) =>
    keys.some((one) => words[one] !== undefined || words[`${one}_other`] !== undefined)
  return all.filter(({ words }) => !has(words)).map((language) => `${language.name}: ${family}.${key}`)
}
// English sentences of permissions and problems stand in the code, where they are read with what they are about.
const translated = languages.filter((language) => language.name !== 'en')

test('everything that is declared has its words in every language', () => {
  none([
    ...entities.flatMap((entity) => [
      ...lacks('entity', entity.name),
      ...lacks('entities', entity.name),
      ...Object.entries(entity.fields)
        .filter(([key]) => key !== 'id')
        .flatMap(([key, field]) => [
          ...lacks('field', `${entity.name}.${key}`),
          // The names of entities are said already.
          ...(field.shows === 'entity'
            ? []
            : valuesOf(field).flatMap((value) => lacks('state', `${entity.name}.${key}.${value}`))),
        ]),
      ...Object.keys(entity.life?.steps ?? {}).flatMap((verb) => lacks('verb', `${entity.name}.${verb}`)),
      ...Object.keys(entity.sections ?? {}).flatMap((key) => lacks('section', `${entity.name}.${key}`)),
    ]),
    ...[...declaredDocuments.values()].flatMap(({ name, lines, series }) => [
      ...Object.keys(lines.fields).flatMap((key) => lacks('field', `${name}.${key}`)),
      ...(series ? lacks('numbers.of', series.document) : []),
    ]),
    ...[...permissions.keys()].flatMap((key) => lacks('permission', key, translated)),
    ...[...declaredProblems.keys()].flatMap((key) => lacks('problem', key, translated)),
    ...[...declaredEndpoints.values()].filter((one) => one.kind === 'command').flatMap((one) => lacks('command', one.spec.name)),
  ])
})

test('a translated problem names the same facts as the English one', () => {
  const facts = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort().join(', ')
  none(
    [...declaredProblems].flatMap(([code, { say }]) =>
      languages.flatMap(({ name: language, words }) => {
        const text = words[`problem.${code}`]
        return text !== undefined && facts(text) !== facts(say)
          ? [`${language}: problem.${code} says {${facts(text)}}, not {${facts(say)}}`]
          : []
      }),
    ),
  )
})

test('whatever a module brings stands in its manifest', () => {
  none([...strays].map((one) => `no module.ts lists ${inspect(one, { depth: 1 }).slice(0, 200)}`))
})

const sqlOf = (folder: string): string =>
  globSync(join(folder, 'migrations/*.sql'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')

test('every module says in its README what it owns: its tables, and whom it needs', async () => {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')`,
  )
  const there = new Set(rows.map(({ name: one }) => one))
  // A module that is cut hands tables on.
  const taken = sqlOf(join(root, 'modules/*')).matchAll(/^-- takes (\w+) from (\w+)/gm)
  const handedOn = new Set([...taken].map(([, table, from]) => `${from}.${table}`))
  none(
    modules
      .filter(({ name }) => name !== 'kit')
      .flatMap((module) => {
        const folder = join(root, 'modules', module.name)
        const path = join(folder, 'README.md')
        if (!existsSync(path)) return [`${module.name} has no README.md`]
        const text = readFileSync(path, 'utf8')
        const tables = [...sqlOf(folder).matchAll(/^(?:create (?:table|(?:or replace )?view)|-- takes) (\w+)/gim)]
          .map((match) => match[1]!)
          .filter((table) => there.has(table) && !handedOn.has(`${module.name}.${table}`))
        return [...tables, ...module.depends]
          .filter((word) => !text.includes(word))
          .map((word) => `${module.name}/README.md does not name ${word}`)
      }),
  )
})
