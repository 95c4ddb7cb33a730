import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { declaredAccess, EVERYWHERE, may, NOWHERE, reaches, scopes, type Actor, type Reach } from '#kit/access.ts'
import { declaredEntities, type Entity } from '#kit/entity.ts'
import { declaredEvents } from '#kit/event.ts'
import { fieldsIn } from '#kit/mark.ts'
import { newId } from '#kit/id.ts'
import { isProblem, declaredEndpoints } from '#kit/server/door/command.ts'
import { guest, type Ctx } from '#kit/server/door/context.ts'
import { Download } from '#kit/server/list/export.ts'
import { hears } from '#kit/server/edge/live.ts'
import { grantsOf, linesOf } from '#modules/access/role/role.rules.ts'
import { postNew, receiveNew } from '#modules/inventory/document/draft.commands.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { completeSale } from '#modules/pos/checkout/checkout.commands.ts'
import { openShift } from '#modules/pos/shift/shift.commands.ts'
import { allCases, type Placed } from './cases.ts'
import { aCompany } from './harness.ts'
import { contactColumns } from '#modules/access/user/email.store.ts'
import { shippedRoles } from '#modules/access/role/shipped.ts'

/**
 * Who may what, from the declarations: every role against every endpoint, and against the rows and fields of every entity,
 * at its own place and at another. Nothing here lists endpoints or fields: what is declared tomorrow is judged tomorrow.
 */
const world = await aCompany()
const { db } = world.database
let checks = 0
const wrong: string[] = []
const check = (isRight: boolean, what: () => string): void => {
  checks += 1
  if (!isRight && wrong.length < 60) wrong.push(what())
}
const settle = (): void => assert.deepEqual(wrong.splice(0), [])
after(() => assert.ok(checks >= 20_000, `only ${checks} checks`))

type Run = (ctx: Ctx, input: unknown) => Promise<unknown>
const run = (name: string, ctx: Ctx, input: unknown) => (declaredEndpoints.get(name) as unknown as Run)(ctx, input)
const call = async (name: string, ctx: Ctx, input: unknown): Promise<{ code: string; answer?: unknown }> => {
  try {
    return { code: 'done', answer: await run(name, ctx, input) }
  } catch (error) {
    if (isProblem(error)) return { code: error.code }
    throw error
  }
}

// Two stores in which the same has happened, each by its own cashier.
const there = (await (declaredEndpoints.get('places.place.create') as unknown as Run)(world.ctx(), {
  name: 'Harbour',
  code: 'HB',
  kind: 'store',
  timeZone: 'Africa/Nairobi',
  cutOffHour: 4,
})) as { id: string }
const elsewhere = there.id
const shelf = (await (declaredEndpoints.get('inventory.location.create') as unknown as Run)(world.ctx(), {
  name: 'Shelf',
  code: 'SH',
  place: elsewhere,
})) as { id: string }
const otherTill = newId()
await (declaredEndpoints.get('pos.till.create') as unknown as Run)(world.ctx(), {
  id: otherTill,
  name: 'Till 2',
  code: 'T2',
  place: elsewhere,
  location: shelf.id,
})
const goods = await aProduct(world, 'Lamp', 100_000n, 20, 50_000n)
await receiveNew(world.ctx(), {
  kind: 'receipt',
  id: newId(),
  location: shelf.id,
  reason: 'opening',
  lines: [{ variant: goods.variant, quantity: '20000000' as never, unitCost: '50000' as never }],
})
await anOpenTill(world)
await openShift(world.ctx(), { id: newId(), till: otherTill, float: '0' as never })
const cash = (await db.selectFrom('paymentMethod').select('id').where('kind', '=', 'cash').executeTakeFirstOrThrow()).id
const basket = (till: string) => ({
  id: newId(),
  till,
  lines: [{ variant: goods.variant, quantity: '1000000' as never, listPrice: goods.price as never }],
  total: goods.price as never,
  tenders: [{ method: cash, given: goods.price as never }],
})
const colleague = newId()
await db
  .insertInto('accessUser')
  .values({ id: colleague, name: 'Colleague', ...contactColumns(db, colleague, 'colleague@example.com') })
  .execute()
for (const till of [world.till, otherTill])
  for (const by of [world.owner, colleague]) await completeSale(world.as('owner', { id: by }), basket(till))
for (const location of [world.location, shelf.id])
  await postNew(world.ctx(), {
    kind: 'adjustment',
    id: newId(),
    location,
    reason: 'damaged',
    lines: [{ variant: goods.variant, quantity: '-1000000' as never }],
  })
for (const place of [world.place, elsewhere])
  await (declaredEndpoints.get('inventory.reorder.create') as unknown as Run)(world.ctx(), {
    variant: goods.variant,
    place,
    level: '1000000',
    target: '2000000',
  })
await (declaredEndpoints.get('parties.party.create') as unknown as Run)(world.ctx(), {
  name: 'Juma',
  kind: 'person',
  roles: ['customer'],
  phones: ['+254712345678'],
})

const HERE = 'here'
/** Each shipped role everywhere and at one place, and somebody with none. */
const people = shippedRoles.flatMap((role) => [
  { name: role, role, ctx: world.as(role, { id: colleague }), isPlaced: false },
  { name: `${role} ${HERE}`, role, ctx: world.as(role, { id: colleague, place: world.place }), isPlaced: true },
])
const nobody: Ctx = { ...world.ctx(), actor: { ...world.ctx().actor, grants: new Map(), isOwner: false } }
const stranger: Ctx = { ...world.ctx(), actor: guest }

test('every endpoint lets in whoever holds its permission, and nobody else', async () => {
  for (const [name, { spec }] of declaredEndpoints) {
    const isOpen = spec.can === 'public' || spec.can === 'signedIn'
    if (isOpen || spec.internal) continue
    const within = (spec as { within?: string }).within
    const { code } = await call(name, stranger, {})
    check(code === 'kit.signedOut', () => `${name} for a stranger: ${code}`)
    const none = await call(name, nobody, {})
    check(none.code === 'kit.forbidden', () => `${name} for somebody without a role: ${none.code}`)
    // What needs no input is done by it: only its refusals are tried.
    const isHarmless = !spec.input.safeParse({}).success
    for (const person of people) {
      const isTheirs = may(person.ctx.actor, spec.can) && (within === undefined || may(person.ctx.actor, within))
      if (isTheirs && !isHarmless) continue
      const answer = await call(name, person.ctx, {})
      check((answer.code === 'kit.forbidden') === !isTheirs, () => `${name} for ${person.name}: ${answer.code}`)
    }
    // A key of an owner brings what it was given, and nothing else.
    const key: Ctx = { ...world.ctx(), actor: { ...world.ctx().actor, isProgram: true, isOwner: false, grants: new Map() } }
    check((await call(name, key, {})).code === 'kit.forbidden', () => `${name} for a key without the right`)
  }
  settle()
})

test('what is for whoever is signed in is for no program and for no stranger', async () => {
  const owner = world.ctx().actor
  for (const [name, { spec }] of declaredEndpoints) {
    if (spec.can !== 'signedIn' || spec.internal) continue
    const program = await call(name, { ...world.ctx(), actor: { ...owner, isProgram: true } }, {})
    check(program.code === 'kit.forbidden', () => `${name} for a program: ${program.code}`)
    const guestly = await call(name, stranger, {})
    check(guestly.code === 'kit.signedOut', () => `${name} for a stranger: ${guestly.code}`)
    const locked = await call(name, { ...world.ctx(), actor: { ...guest, isLocked: true } }, {})
    check(locked.code === 'kit.locked', () => `${name} on a locked device: ${locked.code}`)
  }
  settle()
})

test('nothing is changed through somebody else’s eyes', async () => {
  for (const [name, { kind, spec }] of declaredEndpoints) {
    const { inView } = spec as { inView?: boolean }
    if (kind !== 'command' || spec.internal || inView || name === 'access.completeApproved') continue
    const viewing: Ctx = { ...world.ctx(), actor: { ...world.ctx().actor, viewedBy: { id: newId(), name: 'Looker' } } }
    const { code } = await call(name, viewing, {})
    check(code === 'kit.viewOnly', () => `${name}: ${code}`)
  }
  settle()
})

/** Entities with the verbs that `crud` makes, by which their rows are reached. */
const listed = [...declaredEntities.values()].filter((entity) => declaredEndpoints.has(`${entity.name}.list`))
interface Row {
  readonly id: string
  readonly place: string | null
  readonly alsoPlace: string | null
  readonly owner: string | null
}
const rowsOf = async (entity: Entity): Promise<Row[]> => {
  const column = (name: string | undefined) =>
    name ? sql`t.${sql.id(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))}` : sql`null`
  const archived = entity.archive ? sql`where t.archived_at is null` : sql``
  return (
    await sql<Row>`select t.id, ${column(entity.scope?.place)}::text as place, ${column(entity.scope?.alsoPlace)}::text as also_place,
      ${column(entity.scope?.own)}::text as owner
      from ${sql.table(entity.table)} t ${archived}`.execute(db)
  ).rows
}
/** The same rule as the product's, said once more and in another way. */
const sees = (entity: Entity, reach: Reach | undefined, row: Row, id: string): boolean => {
  if (!reach) return false
  if (reach.all) return true
  const { place, own, seller } = entity.scope ?? {}
  if (!place && !own && !seller) return reach.places.length > 0
  if (place && row.place !== null && reach.places.includes(row.place)) return true
  // What goes from one place to another is seen at both.
  if (row.alsoPlace !== null && reach.places.includes(row.alsoPlace)) return true
  if (own && row.owner !== null && reach.owners.includes(row.owner)) return true
  if (own && !place && reach.places.length > 0 && row.owner === id) return true
  if (seller && !place && !own && reach.places.length > 0) return true
  return false
}
const idsIn = (answer: unknown) => new Set(((answer as { rows: { id: string }[] }).rows ?? []).map((row) => row.id))
const hasMore = (answer: unknown) => (answer as { next?: string | null } | undefined)?.next != null
const textOf = async (file: Download) => (await Array.fromAsync(file.stream)).join('')

test('rows: lists, searches, records, histories and files tell of one’s own place and not of another', async () => {
  for (const entity of listed) {
    const rows = await rowsOf(entity)
    for (const { ctx, name } of people) {
      const reach = ctx.actor.grants.get(entity.can.read)
      const list = await call(`${entity.name}.list`, ctx, { limit: 200 })
      check((list.code === 'done') === (reach !== undefined), () => `${entity.name} list for ${name}: ${list.code}`)
      const ids = list.code === 'done' ? idsIn(list.answer) : new Set<string>()
      for (const row of rows.slice(0, 150)) {
        const expected = sees(entity, reach, row, colleague)
        if (expected && hasMore(list.answer)) continue
        check(ids.has(row.id) === expected, () => `${entity.name} ${row.id} in the list of ${name}: ${!expected}`)
      }
      for (const row of rows.slice(0, 6)) {
        const expected = sees(entity, reach, row, colleague) ? 'done' : reach ? 'kit.notFound' : 'kit.forbidden'
        for (const verb of entity.isView ? [] : ['get', 'history']) {
          const { code } = await call(`${entity.name}.${verb}`, ctx, { id: row.id })
          check(code === expected, () => `${entity.name}.${verb} ${row.id} for ${name}: ${code} instead of ${expected}`)
        }
      }
    }
  }
  settle()
})

test('files hold what the list holds, for those who may carry it away', async () => {
  for (const entity of listed) {
    const rows = (await rowsOf(entity)).slice(0, 40)
    for (const { ctx, name } of people) {
      const { grants } = ctx.actor
      const isTheirs = grants.has(entity.can.export ?? entity.can.read) && grants.has(entity.can.read)
      const { code, answer } = await call(`${entity.name}.export`, ctx, { format: 'csv' })
      check((code === 'done') === isTheirs, () => `${entity.name}.export for ${name}: ${code}`)
      if (!(answer instanceof Download)) continue
      const text = await textOf(answer)
      for (const row of rows) {
        const expected = sees(entity, grants.get(entity.can.read), row, colleague)
        if (entity.fields['id'])
          check(text.includes(row.id) === expected, () => `${entity.name} ${row.id} in the file of ${name}`)
      }
    }
  }
  settle()
})

test('changes of records of another place, and of what is not there, are refused', async () => {
  for (const entity of listed) {
    const { write } = entity.can
    if (!write || !declaredEndpoints.has(`${entity.name}.change`)) continue
    const rows = await rowsOf(entity)
    for (const { ctx, name } of people) {
      const reach = ctx.actor.grants.get(write)
      for (const row of [...rows.slice(0, 6), { id: newId(), place: null, alsoPlace: null, owner: null }]) {
        if (sees(entity, reach, row, colleague) && rows.includes(row)) continue
        const expected = reach ? 'kit.notFound' : 'kit.forbidden'
        for (const [verb, input] of [
          ['change', { id: row.id, changes: {} }],
          ['archive', { id: row.id }],
          ['restore', { id: row.id }],
        ] as const) {
          if (!declaredEndpoints.has(`${entity.name}.${verb}`)) continue
          const { code } = await call(`${entity.name}.${verb}`, ctx, input)
          check(code === expected, () => `${entity.name}.${verb} ${row.id} for ${name}: ${code} instead of ${expected}`)
        }
      }
    }
  }
  settle()
})

test('fields: whoever may not see one gets it neither in a list nor in a record nor in a file, and sets it in no way', async () => {
  for (const entity of listed) {
    const [row] = await rowsOf(entity)
    for (const { ctx, name } of people) {
      const { grants } = ctx.actor
      if (!row || !sees(entity, grants.get(entity.can.read), row, colleague)) continue
      // Said here once more, and not by the function that the product uses.
      const visible = new Set(
        Object.entries(entity.fields).flatMap(([field, { seenBy }]) => (!seenBy || grants.has(seenBy) ? [field] : [])),
      )
      const list = (await call(`${entity.name}.list`, ctx, {})).answer as { rows: Record<string, unknown>[] }
      const [first = {}] = list.rows
      // A view has no page of one row.
      const one = entity.isView
        ? first
        : ((await call(`${entity.name}.get`, ctx, { id: row.id })).answer as { row: Record<string, unknown> }).row
      const file = (await call(`${entity.name}.export`, ctx, { format: 'csv' })).answer
      const [head = ''] = file instanceof Download ? (await textOf(file)).split('\n') : []
      const columns = head
        .replace(/^\uFEFF/, '')
        .trim()
        .split(/[,;]/)
      for (const [field, { seenBy, setBy, readonly }] of Object.entries(entity.fields)) {
        check(field in first === visible.has(field), () => `${entity.name}.${field} in the list of ${name}`)
        check(field in one === visible.has(field), () => `${entity.name}.${field} in the record of ${name}`)
        if (head && !visible.has(field)) check(!columns.includes(field), () => `${entity.name}.${field} in the file of ${name}`)
        const isKept = [seenBy, setBy].some((permission) => permission && !grants.has(permission))
        if (!isKept || readonly || !entity.can.write || !grants.has(entity.can.write)) continue
        const { code } = await call(`${entity.name}.change`, ctx, { id: row.id, changes: { [field]: one[field] ?? null } })
        check(['kit.forbidden', 'kit.invalid'].includes(code), () => `${entity.name}.${field} set by ${name}: ${code}`)
      }
    }
  }
  settle()
})

test('fields: a right at one store tells nothing of another: lists, records, files, sums, groups and orders', async () => {
  const everything = Object.keys(declaredAccess().reduce((all, one) => ({ ...all, ...one.permissions }), {}))
  const reaching = (reach: Reach, only: string): Ctx => {
    const grants = new Map(everything.map((one) => [one, one === only ? reach : EVERYWHERE]))
    return { ...world.ctx(), actor: { ...world.ctx().actor, id: colleague, isOwner: false, grants } }
  }
  let seen = 0
  for (const entity of listed)
    for (const [field, { seenBy }] of Object.entries(entity.fields)) {
      if (!seenBy || !entity.scope?.place) continue
      const ctx = reaching({ ...NOWHERE, places: [world.place] }, seenBy)
      const rows = new Map((await rowsOf(entity)).map((row) => [row.id, row]))
      const isHere = (id: string) => [rows.get(id)?.place, rows.get(id)?.alsoPlace].includes(world.place)
      const list = (await run(`${entity.name}.list`, ctx, { limit: 200 })) as { rows: Record<string, unknown>[] }
      const file = (await run(`${entity.name}.export`, ctx, { format: 'csv' })) as Download
      const [head = '', ...lines] = (await textOf(file))
        .replace(/^\uFEFF/, '')
        .trim()
        .split(/\r?\n/)
      const cells = (line: string) => line.split(',')
      const at = cells(head).indexOf(field)
      for (const row of list.rows) {
        const id = String(row['id'])
        const one = entity.isView ? row : ((await run(`${entity.name}.get`, ctx, { id })) as { row: Record<string, unknown> }).row
        const inFile = cells(lines.find((line) => line.includes(id)) ?? '')[at] ?? ''
        check(isHere(id) || row[field] === null, () => `${entity.name}.${field} of another store in the list`)
        check(isHere(id) || one[field] === null, () => `${entity.name}.${field} of another store in the record`)
        check(isHere(id) || inFile === '', () => `${entity.name}.${field} of another store in the file`)
        if (isHere(id) && typeof row[field] === 'bigint') {
          seen += 1
          check(one[field] === row[field] && inFile !== '', () => `${entity.name}.${field} of one’s own store`)
        }
      }
      for (const sort of entity.sort.filter((one) => one.replace('-', '') === field)) {
        const { code } = await call(`${entity.name}.list`, ctx, { sort })
        check(code === 'kit.unknownField', () => `${entity.name} in the order of ${field}: ${code}`)
      }
      if ((entity.filters as readonly string[] | undefined)?.includes(field)) {
        const { code } = await call(`${entity.name}.list`, ctx, { [field]: '0..1' })
        check(code === 'kit.unknownField', () => `${entity.name} by ${field}: ${code}`)
      }
      if (!(entity.sums as readonly string[] | undefined)?.includes(field)) continue
      const isElsewhere = [...rows.keys()].some((id) => !isHere(id))
      const sums = (input: object) => run(`${entity.name}.sums`, ctx, input) as Promise<{ sums: Record<string, bigint> }>
      check(field in (await sums({})).sums === !isElsewhere, () => `the sum of ${entity.name}.${field} over all stores`)
      const groups = (entity.filters as readonly string[] | undefined)?.includes('place')
        ? ((await run(`${entity.name}.groups`, ctx, { group: 'place' })) as { rows: { key: string; sums: object }[] }).rows
        : []
      for (const group of groups)
        check(
          field in group.sums === (group.key === world.place),
          () => `the sum of ${entity.name}.${field} of the store ${group.key === world.place ? 'here' : 'elsewhere'}`,
        )
    }
  assert.ok(seen >= 5, `only ${seen} values of one’s own store`)
  settle()
})

test('costs at one store: what pages, searches and reviews tell of another leaves them out', async () => {
  const grants = new Map([...world.as('owner', {}).actor.grants].map(([name, reach]) => [name, reach]))
  // The books tell what goods cost as well.
  for (const right of ['catalog.cost.read', 'ledger.account.read']) grants.set(right, { ...NOWHERE, places: [world.place] })
  const ctx: Ctx = { ...world.ctx(), actor: { ...world.ctx().actor, id: colleague, isOwner: false, grants } }
  const saleAt = async (place: string) =>
    (await db.selectFrom('posSale').select('id').where('place', '=', place).limit(1).executeTakeFirstOrThrow()).id
  const told = async (name: string, input: object, by = ctx) =>
    JSON.stringify(await run(name, by, input), (_, one) => (typeof one === 'bigint' ? String(one) : one))
  const line = { variant: goods.variant, quantity: '1000000' }
  const asked = async (place: string, location: string): Promise<[string, object, Ctx?][]> => [
    ['inventory.findGoods', { location, q: 'Lamp' }],
    ['inventory.compareCount', { location, lines: [{ variant: goods.variant, counted: '1000000' }] }],
    ['sourcing.findPurchasable', { location, q: 'Lamp' }],
    ['analytics.showBoard', { place }],
    ['pos.showSale', { id: await saleAt(place) }],
    [
      'inventory.document.postNew',
      { kind: 'adjustment', id: newId(), location, reason: 'damaged', lines: [{ ...line, quantity: '-1000000' }] },
      { ...ctx, isReview: true },
    ],
  ]
  const COST = /"(cost|value|margin)":"-?[1-9]|"50000"/
  for (const one of await asked(world.place, world.location))
    check(COST.test(await told(...one)), () => `${one[0]} hides costs of one’s own store`)
  for (const one of await asked(elsewhere, shelf.id))
    check(!COST.test(await told(...one)), () => `${one[0]} tells costs of another store`)
  const stock = (await run('inventory.showStock', ctx, { variant: goods.variant })) as {
    locations: { id: string; value: unknown }[]
  }
  for (const { id, value } of stock.locations)
    check(
      (value !== null) === (id === world.location),
      () => `inventory.showStock of ${id === world.location ? 'here' : 'elsewhere'}`,
    )
  settle()
})

test('every scope of every right: own, team, seller, place, everywhere, and never', async () => {
  for (const entity of listed) {
    const rows = (await rowsOf(entity)).slice(0, 100)
    for (const scope of [...scopes, 'never'] as const)
      for (const place of [null, world.place, elsewhere]) {
        const policy = new Map([['r', new Map([[entity.can.read, scope]])]])
        const held = [{ role: 'r', place, seller: null }]
        const grants = grantsOf(held, policy, { id: colleague, team: [colleague, world.owner] }, [world.place, elsewhere])
        const ctx: Ctx = { ...world.ctx(), actor: { ...world.ctx().actor, id: colleague, isOwner: false, grants } }
        const reach = grants.get(entity.can.read)
        const { code, answer } = await call(`${entity.name}.list`, ctx, { limit: 200 })
        check((code === 'done') === (reach !== undefined), () => `${entity.name} ${scope} ${place}: ${code}`)
        const ids = code === 'done' ? idsIn(answer) : new Set<string>()
        for (const row of rows) {
          const expected = sees(entity, reach, row, colleague)
          // What is on a later page is judged by what must not be there.
          if (expected && hasMore(answer)) continue
          check(ids.has(row.id) === expected, () => `${entity.name} ${row.id} by ${scope} at ${place}: ${!expected}`)
        }
      }
  }
  settle()
})

/** Members of an input that name a place, or what stands in one. */
const PLACED = /(^|\.)(place|till|location|toLocation|priceList)$/
/** Endpoints with such a member that this test does not try, and what does. */
const TRIED_ELSEWHERE: Readonly<Record<string, string>> = {
  'access.invite': 'whoever gives rights: test/escalation.test.ts',
  'access.approveRegistration': 'whoever gives rights: test/escalation.test.ts',
  'access.setRoles': 'whoever gives rights: test/escalation.test.ts',
  'access.changeSecurity': 'whoever gives rights: test/escalation.test.ts',
  'access.explainWhy': 'tells what a named person may at a place, to whoever may read people; nothing of the place',
  'setup.setUp': 'there is no store before it',
  'inventory.findTransferable': 'what another store has is told to whoever may ask it for goods',
  'inventory.transferOrder.create': 'a right at one end is enough: modules/inventory/transfer/transfer.test.ts',
  'inventory.transferOrder.change': 'the same',
}

test('[A16] what stands inside an input is judged too: tills, shelves, lists and places of another store', async () => {
  const line = (quantity: string, unitCost?: string) => ({ variant: goods.variant, quantity, ...(unitCost && { unitCost }) })
  const list = async (place: string | null) =>
    ((await run('catalog.priceList.create', world.ctx(), { name: `List ${newId()}`, place })) as { id: string }).id
  const [lists, ours] = [await list(elsewhere), await list(world.place)]
  const chart = (await run('ledger.showChart', world.ctx(), {})) as { rows: { id: string; code: string }[] }
  const [account] = chart.rows.map((one) => one.id)
  const span = { id: account, from: '2020-01-01', to: '2099-01-01' }
  const supplier = ((await run('parties.party.create', world.ctx(), { name: 'Unga Ltd', roles: ['supplier'] })) as { id: string })
    .id
  const order = (
    (await run('sourcing.purchase.create', world.ctx(), { supplier, location: world.location, lines: [] })) as { id: string }
  ).id
  const rent = { businessDay: '2026-01-05', memo: 'Rent', lines: [] }
  const unposted = ((await run('ledger.journal.create', world.ctx(), rent)) as { id: string }).id
  const counted = (
    (await run('inventory.stockCount.create', world.ctx(), { location: world.location, covers: 'everything', lines: [] })) as {
      id: string
    }
  ).id
  const drafted = (
    (await run('inventory.document.create', world.ctx(), { kind: 'receipt', location: world.location, lines: [] })) as {
      id: string
    }
  ).id
  const held = (await db.selectFrom('ledgerAccount').select('id').limit(1).executeTakeFirstOrThrow()).id
  const ofModules = await Promise.all(allCases.map((one) => one.placed?.({ world, run }) ?? []))
  const inner: readonly Placed[] = [
    ...ofModules.flat(),
    ['pos.completeSale', (_, __, till) => basket(till)],
    ['pos.agreeBasket', (_, __, till) => ({ id: newId(), till, lines: basket(till).lines })],
    ['pos.parkBasket', (_, __, till) => ({ id: newId(), till, label: 'X', lines: 1, total: '100', basket: {} })],
    ['pos.listParked', (place) => ({ place })],
    ['pos.listQuickBoards', (place) => ({ place })],
    ['pos.saveQuickBoard', (place) => ({ id: newId(), place, name: 'X', version: 0, keys: [] })],
    ['pos.orderQuickBoards', (place) => ({ place, boards: [newId()] })],
    ['pos.openShift', (_, __, till) => ({ id: newId(), till, float: '0' })],
    ['pos.till.create', (place, location) => ({ name: 'X', code: 'X1', place, location })],
    ['pos.till.change', (_, location) => ({ id: world.till, changes: { location } })],
    [
      'inventory.document.receiveNew',
      (_, location) => ({ kind: 'receipt', id: newId(), location, reason: 'opening', lines: [line('1000000', '1')] }),
    ],
    [
      'inventory.document.postNew',
      (_, location) => ({ kind: 'adjustment', id: newId(), location, reason: 'damaged', lines: [line('-1000000')] }),
    ],
    [
      'inventory.countStock',
      (_, location) => ({ id: newId(), location, lines: [{ variant: goods.variant, counted: '1000000' }] }),
    ],
    ['inventory.compareCount', (_, location) => ({ location, lines: [{ variant: goods.variant, counted: '1000000' }] })],
    ['inventory.stockCount.create', (_, location) => ({ location, covers: 'everything', lines: [] })],
    ['inventory.stockCount.change', (_, location) => ({ id: counted, changes: { location } })],
    ['inventory.document.create', (_, location) => ({ kind: 'receipt', location, lines: [] })],
    ['inventory.document.change', (_, location) => ({ id: drafted, changes: { location } })],
    ['inventory.findShortages', (_, location) => ({ location, lines: [line('1000000')] })],
    [
      'inventory.document.postNew',
      (_, to) => ({ kind: 'transfer', id: newId(), location: world.location, toLocation: to, lines: [line('1000000')] }),
    ],
    [
      'inventory.document.postNew',
      (_, from) => ({ kind: 'transfer', id: newId(), location: from, toLocation: world.location, lines: [line('1000000')] }),
    ],
    ['inventory.putAside', (_, location) => ({ id: newId(), location, ...line('1000000') })],
    ['inventory.reorder.create', (place) => ({ variant: goods.variant, place, level: '1', target: '2' })],
    ['inventory.location.create', (place) => ({ name: 'X', code: 'XX', place })],
    ['inventory.findGoods', (_, location) => ({ location })],
    ['inventory.proposeTransfers', (place) => ({ place })],
    ['inventory.stock.list', (place) => ({ place })],
    ['kit.listTimeline', (id) => ({ entity: 'places.place', id })],
    ['kit.listTimeline', (_, id) => ({ entity: 'inventory.location', id })],
    ['kit.writeNote', (_, id) => ({ entity: 'inventory.location', id, text: 'Mine' })],
    ['kit.writeNote', (_, __, id) => ({ entity: 'pos.till', id, text: 'Mine' })],
    ['kit.follow', (_, __, id) => ({ entity: 'pos.till', id })],
    ['kit.showAssignment', (_, __, id) => ({ entity: 'pos.till', id })],
    ['kit.assign', (_, __, id) => ({ entity: 'pos.till', id, person: world.owner })],
    ['kit.unassign', (_, __, id) => ({ entity: 'pos.till', id })],
    ['kit.findMentionable', (_, __, id) => ({ entity: 'pos.till', id })],
    ['inventory.lotStock.list', (place) => ({ place })],
    ['inventory.move.list', (place) => ({ place })],
    ['catalog.listSellables', (place) => ({ place })],
    ['catalog.showLabelled', (place) => ({ place, variants: [goods.variant] })],
    ...['catalog.previewLabels', 'catalog.printLabels'].map(
      (name) =>
        [
          name,
          (place: string) => ({ place, kind: 'shelf', paper: 'a4-3x8', items: [{ variant: goods.variant, count: 1 }] }),
        ] as const,
    ),
    ['catalog.priceList.create', (place) => ({ name: 'X', place })],
    ['catalog.priceList.change', (place) => ({ id: ours, changes: { place } })],
    ['catalog.price.create', () => ({ priceList: lists, variant: goods.variant, minQuantity: '1000000', price: '1' })],
    ['kit.listWaiting', (place) => ({ place })],
    ['kit.listToday', (place) => ({ place })],
    ['sourcing.proposePurchases', (place) => ({ place })],
    ['sourcing.findPurchasable', (_, location) => ({ location })],
    ['sourcing.purchase.create', (_, location) => ({ supplier, location, lines: [] })],
    ['sourcing.purchase.change', (_, location) => ({ id: order, changes: { location } })],
    // Whoever reads the trail of their store sees what they did themselves, wherever that was.
    ['access.listTrail', (place) => ({ place, who: world.owner })],
    ['access.exportTrail', (place) => ({ place, who: world.owner, format: 'csv' })],
    ['ledger.showChart', (place) => ({ place })],
    ['ledger.accountStatement', (place) => ({ ...span, place })],
    ['ledger.exportStatement', (place) => ({ ...span, place, format: 'csv' })],
    ['ledger.trialBalance', (place) => ({ from: span.from, to: span.to, place })],
    ['ledger.exportTrialBalance', (place) => ({ from: span.from, to: span.to, place, format: 'csv' })],
    ['ledger.account.create', (place) => ({ name: 'X', code: '9876', type: 'asset', place })],
    ['ledger.account.change', (place) => ({ id: held, changes: { place } })],
    ['ledger.journal.create', (place) => ({ ...rent, place })],
    ['ledger.journal.change', (place) => ({ id: unposted, changes: { place } })],
  ]
  const named = [...declaredEndpoints.values()].filter(
    ({ spec }) => !spec.internal && [...fieldsIn(spec.input)].some(({ path }) => PLACED.test(path.replaceAll('[]', ''))),
  )
  const tried = new Set(inner.map(([name]) => name))
  assert.deepEqual(
    named.map(({ spec }) => spec.name).filter((name) => !tried.has(name) && !TRIED_ELSEWHERE[name]),
    [],
    'every endpoint that names a place is tried',
  )
  const counts = async () =>
    (
      await sql<{ n: bigint }>`select (select count(*) from inventory_move) + (select count(*) from inventory_reservation)
      + (select count(*) from pos_sale) + (select count(*) from pos_parked) + (select count(*) from pos_shift) + (select count(*) from pos_till)
      + (select count(*) from catalog_price) + (select count(*) from ledger_entry) as n`.execute(db)
    ).rows[0]!.n
  const before = await counts()
  for (const [name, input] of inner) {
    const endpoint = declaredEndpoints.get(name)
    if (!endpoint) {
      wrong.push(`there is no ${name}`)
      continue
    }
    for (const { ctx, name: who, isPlaced } of people) {
      if (!isPlaced) continue
      const { code, answer } = await call(name, ctx, input(elsewhere, shelf.id, otherTill))
      const isRefused = REFUSED.includes(code)
      // A question may be answered: as it would be for a place that there is not.
      const none = newId()
      const nowhere = endpoint.kind === 'query' && code === 'done' ? await call(name, ctx, input(none, none, none)) : undefined
      const tellsNothing = nowhere !== undefined && (await told(answer, elsewhere)) === (await told(nowhere.answer, none))
      check(isRefused || tellsNothing, () => `${name} into another store by ${who}: ${code}`)
    }
  }
  settle()
  assert.equal(await counts(), before, 'and nothing was written')
})
const REFUSED = [
  'kit.notFound',
  'kit.forbidden',
  'inventory.location.unknown',
  'pos.till.elsewhere',
  ...allCases.flatMap((one) => one.refusals ?? []),
]
const told = async (answer: unknown, place: string): Promise<string> =>
  (answer instanceof Download
    ? await textOf(answer)
    : JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  ).replaceAll(place, 'there')

test('live updates go to whoever may see them, at their place', () => {
  for (const { seenBy, name: event } of declaredEvents.values())
    for (const place of [null, world.place, elsewhere])
      for (const { ctx, name } of [...people, { ctx: stranger, name: 'a stranger' }, { ctx: nobody, name: 'nobody' }]) {
        const reach = ctx.actor.grants.get(seenBy)
        const isOpen = seenBy === 'signedIn' || seenBy === 'public'
        const expected = isOpen
          ? may(ctx.actor, seenBy)
          : reach !== undefined && (place === null ? reach.all || reach.places.length > 0 : reaches(reach, place))
        check(hears(ctx.actor, seenBy, place) === expected, () => `${event} at ${place} for ${name}`)
      }
  const own: Actor = { ...world.ctx().actor, grants: new Map([['pos.sale.read', { ...NOWHERE, owners: ['me'] }]]) }
  assert.equal(hears(own, 'pos.sale.read', world.place), false, 'who sees their own only hears of nobody else’s')
  settle()
})

test('what is put aside is out of the lists, and no more open than before', async () => {
  const made = (await (declaredEndpoints.get('catalog.category.create') as unknown as Run)(world.ctx(), { name: 'Gone' })) as {
    id: string
  }
  await (declaredEndpoints.get('catalog.category.archive') as unknown as Run)(world.ctx(), { id: made.id })
  for (const { ctx, name } of people) {
    const reach = ctx.actor.grants.get('catalog.product.read')
    const list = await call('catalog.category.list', ctx, {})
    check(!(list.code === 'done' && idsIn(list.answer).has(made.id)), () => `put aside, and in the list of ${name}`)
    const { code } = await call('catalog.category.get', ctx, { id: made.id })
    check((code === 'done') === (reach !== undefined), () => `put aside, for ${name}: ${code}`)
  }
  settle()
})

test('the roles that are shipped hold what their modules say, and no role a right that is not declared', () => {
  const declared = new Set(declaredAccess().flatMap((one) => Object.keys(one.permissions)))
  for (const role of shippedRoles)
    for (const permission of linesOf(role, new Map()).keys()) check(declared.has(permission), () => `${role}: ${permission}`)
  settle()
})
