import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reachOf, type Actor } from '#kit/access.ts'
import { declaredEntities, groupsOf } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { declaredEndpoints, isProblem } from '#kit/server/door/command.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { Download } from '#kit/server/list/export.ts'
import { fieldsIn } from '#kit/mark.ts'
import type { ShippedRole } from '#kit/program.ts'
import { actorsById } from '#modules/access/role/role.store.ts'
import { contactColumns } from '#modules/access/user/email.store.ts'
import { accept, anInvitation, PASSWORD } from '#modules/access/user/user.factory.ts'
import { postEntry } from '#modules/ledger/journal/journal.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { allCases } from './cases.ts'
import { aCompany } from './harness.ts'
import { bring } from './importing.ts'
import { aServer, type Answer, type Client } from './server.ts'

/**
 * Two stores. In the other one something of every kind has happened, and everything that has a name there is called by one word.
 * Whoever works here, in whatever role, asks every endpoint about each of those records by its real id, as lists, searches,
 * filters and files as well: the word and the ids come back to nobody, and what is asked for there is not done.
 */
const THERE = 'Zanzibar'
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
const done = (answer: Answer): Answer => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`)
  return answer
}
const make = async (by: Client, route: string, input: object): Promise<string> => done(await by.call(route, input)).body.id
async function aPerson(email: string, roles: object[]): Promise<{ client: Client; id: string }> {
  const client = server.client()
  const { body } = done(await accept(client, await anInvitation(owner, email, roles)))
  return { client, id: body.user }
}

const place = await make(owner, 'POST /places', {
  name: THERE,
  code: 'ZZ',
  kind: 'store',
  timeZone: 'Africa/Nairobi',
  cutOffHour: 4,
})
const location = await make(owner, 'POST /inventory/locations', { name: `${THERE} shelf`, code: 'ZZ-S', place })
const storeroom = await make(owner, 'POST /inventory/locations', { name: `${THERE} room`, code: 'ZZ-R', place })
const till = await make(owner, 'POST /pos/tills', { name: `${THERE} till`, code: 'ZZ1', place, location })
const spare = await make(owner, 'POST /pos/tills', { name: `${THERE} spare`, code: 'ZZ2', place, location })
const priceList = await make(owner, 'POST /catalog/price-lists', { name: `${THERE} prices`, place })
const pot = await aProduct(world, 'Clay pot', 10_000n, 0, 0n, { taxed: false })
const price = await make(owner, 'POST /catalog/prices', {
  priceList,
  variant: pot.variant,
  price: '9000',
  minQuantity: '5000000',
})
const reorder = await make(owner, 'POST /inventory/reorder-levels', {
  variant: pot.variant,
  place,
  level: '1000000',
  target: '2000000',
})
const { client: manager, id: person } = await aPerson('there@example.com', [{ role: 'manager', place }])
done(await manager.call('POST /profile/pin', { current: PASSWORD, pin: '7294' }))
const supplier = await make(owner, 'POST /parties', { name: 'Unga Ltd', kind: 'organization', roles: ['supplier'] })
const ordered = {
  supplier,
  location,
  note: `${THERE} order`,
  lines: [{ variant: pot.variant, quantity: '2000000', price: '77' }],
}
const draft = await make(manager, 'POST /sourcing/purchases', ordered)
const purchase = await make(manager, 'POST /sourcing/purchases', ordered)
for (const verb of ['submit', 'approve']) done(await manager.call(`POST /sourcing/purchases/${purchase}/${verb}`))
const purchaseLine = (await manager.call(`GET /sourcing/purchases/${purchase}`)).body.lines[0].id as string
done(
  await manager.call(`POST /sourcing/purchases/${purchase}/receive`, {
    receipt: newId(),
    lines: [{ line: purchaseLine, quantity: '1000000' }],
  }),
)
const { client: cashier, id: seller } = await aPerson('till-there@example.com', [{ role: 'cashier', place }])
const line = { variant: pot.variant, lotCode: 'L-77' }
const receipt = newId()
done(
  await manager.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: receipt,
    location,
    reason: 'opening',
    note: `${THERE} note`,
    lines: [{ ...line, quantity: '50000000', unitCost: '4000', expiresOn: '2099-01-01' }],
  }),
)
const lot = (await pool.query<{ id: string }>('select id from inventory_lot')).rows[0]!.id
const transfer = newId()
done(
  await manager.call('POST /inventory/documents/post', {
    kind: 'transfer',
    id: transfer,
    location,
    toLocation: storeroom,
    note: THERE,
    lines: [{ ...line, quantity: '1000000' }],
  }),
)
done(
  await manager.call('POST /inventory/reservations', {
    id: newId(),
    variant: pot.variant,
    location,
    quantity: '1000000',
    note: `${THERE} reservation`,
  }),
)
const reservation = (await pool.query<{ id: string }>('select id from inventory_reservation')).rows[0]!.id
const billed = newId()
done(
  await owner.call(`POST /sourcing/purchases/${purchase}/bill`, {
    bill: billed,
    number: `${THERE}-1`,
    dated: '2026-11-01',
    net: '100',
    tax: '0',
  }),
)
const at = `/records/sourcing.purchase/${purchase}`
const note = await make(owner, `POST ${at}/notes`, { text: `${THERE} note`, mentions: [person] })
const file = done(await owner.upload(`${at}/files`, `${THERE}.txt`, `${THERE} file`)).body.id as string
const notice = (await pool.query<{ id: string }>('select id from notice where user_id = $1', [person])).rows[0]!.id
const keptLine = { variant: pot.variant, quantity: '1000000', unitCost: '1' }
const keptReceipt = await make(manager, 'POST /inventory/documents', { kind: 'receipt', location, lines: [keptLine] })
const keptMove = await make(manager, 'POST /inventory/documents', {
  kind: 'transfer',
  location,
  toLocation: storeroom,
  note: `${THERE} later`,
  lines: [{ variant: pot.variant, quantity: '1000000', lotCode: 'L-77' }],
})
const opened = await make(manager, 'POST /inventory/stock-counts', { location, note: `${THERE} count`, lines: [] })
const counting = await make(manager, 'POST /inventory/stock-counts', { location, note: `${THERE} count`, lines: [] })
done(await manager.call(`POST /inventory/stock-counts/${counting}/start`))
const countLine = (await manager.call(`GET /inventory/stock-counts/${counting}`)).body.lines[0].id as string
const tally = { id: newId(), line: countLine, quantity: '1000000', countedAt: Temporal.Now.instant().toString() }
done(await manager.call(`POST /inventory/stock-counts/${counting}/tallies`, { round: 1, tallies: [tally] }))
const asked = await make(manager, 'POST /inventory/transfers', {
  location,
  toLocation: storeroom,
  note: `${THERE} move`,
  lines: [{ variant: pot.variant, quantity: '1000000' }],
})
const shift = newId()
done(await cashier.call('POST /pos/shifts', { id: shift, till, float: '50000', source: 'capital' }))
const closed = newId()
done(await manager.call('POST /pos/shifts', { id: closed, till: spare, float: '1000', source: 'capital' }))
done(await manager.call(`POST /pos/shifts/${closed}/close`, { counted: '1000', note: `${THERE} counted` }))
done(await cashier.call(`POST /pos/shifts/${shift}/cash`, { move: newId(), kind: 'out', amount: '100', reason: `${THERE} taxi` }))
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
const cash = methods.find((one) => one.kind === 'cash')!.id
const basket = (at: string, unitPrice?: string) => ({
  id: newId(),
  till: at,
  lines: [{ variant: pot.variant, quantity: '1000000', listPrice: '10000', ...(unitPrice && { unitPrice }) }],
  total: unitPrice ?? '10000',
  tenders: [{ method: cash, given: unitPrice ?? '10000' }],
})
const sale = await make(cashier, 'POST /pos/sales', { ...basket(till), note: `${THERE} sale` })
done(await cashier.call(`POST /pos/sales/${sale}/invoice`))
const parked = await make(cashier, 'POST /pos/parked', {
  id: newId(),
  till,
  label: `${THERE} basket`,
  basket: {},
  lines: 1,
  total: '1',
})
const approval = (await cashier.call('POST /pos/sales', basket(till, '5000'))).body.details.id as string
done(await cashier.call(`POST /approvals/${approval}/asking`, { note: `${THERE} approval` }))
const chart = (await owner.call('GET /accounts/chart')).body.rows as { id: string; kind: string; part: string | null }[]
const [debit, credit] = chart.filter((one) => one.kind === 'expense').map((one) => one.id)
const journal = await postEntry(owner, {
  businessDay: '2026-06-05',
  place,
  memo: `${THERE} rent`,
  lines: [
    { account: debit, amount: '700' },
    { account: credit, amount: '-700', memo: `${THERE} line` },
  ],
})
const entry = (await owner.call(`GET /journals/${journal}`)).body.row.entry as string
const unposted = await make(owner, 'POST /journals', {
  businessDay: '2026-06-05',
  place,
  memo: `${THERE} draft`,
  lines: [
    { account: debit, debit: '700' },
    { account: credit, credit: '700' },
  ],
})
await anInvitation(owner, 'new-there@example.com', [{ role: 'cashier', place }])
const invitation = (await pool.query<{ id: string }>(`select id from access_invitation where state = 'sent'`)).rows[0]!.id
const view = await make(manager, 'POST /views', { list: 'parties.party', name: `${THERE} view`, search: { q: THERE } })
const brought = await bring(manager, 'parties.party', `Name\n${THERE} guest`, { name: `${THERE}.csv` })
await brought.check()
done(await owner.call('POST /api-keys', { name: `${THERE} key`, permissions: ['pos.sale.read'] }))
const apiKey = (await pool.query<{ id: string }>('select id from access_api_key')).rows[0]!.id
/** The records, by what they are. */
const records: Readonly<Record<string, string>> = {
  place,
  location,
  storeroom,
  till,
  spare,
  priceList,
  price,
  reorder,
  receipt,
  transfer,
  reservation,
  shift,
  draft,
  purchase,
  note,
  file,
  notice,
  asked,
  closed,
  sale,
  parked,
  approval,
  entry,
  journal,
  unposted,
  invitation,
  view,
  import: brought.id,
  apiKey,
  person,
  seller,
  lot,
}

/** What is known to all who work here, wherever: it may be told of, and not changed from elsewhere. */
const SHARED = new Set(['person', 'seller', 'lot'])
const secretIds = Object.entries(records).flatMap(([name, id]) => (SHARED.has(name) ? [] : [id]))

const party = await make(owner, 'POST /parties', { name: 'Ann Lamps', kind: 'organization', roles: ['seller'] })
const people = await Promise.all(
  // All that can be held at a place, and rights that reach only what is one's own, one's team's or one's goods.
  (['administrator', 'cashier', 'vanSalesman', 'salesRep', 'seller'] satisfies ShippedRole[]).map(async (role) => {
    const id = newId()
    await world.database.db
      .insertInto('accessUser')
      .values({ id, name: role, ...contactColumns(world.database.db, id, `${role}@example.com`) })
      .execute()
    const at = role === 'seller' ? [null, party] : [world.place, null]
    await pool.query(`insert into access_member (id, holder, role, place, seller) values ($1, $2, $3, $4, $5)`, [
      newId(),
      id,
      role,
      ...at,
    ])
    return { role, id }
  }),
)
const actors = await actorsById(
  world.database,
  people.map((one) => one.id),
)
const ctxOf = (actor: Actor): Ctx => {
  const now = Temporal.Now.instant()
  return { database: world.database, actor, now, provenAt: now, traceId: newId() }
}
const roleOf = (actor: Actor) => people.find((one) => one.id === actor.id)!.role

type Run = (ctx: Ctx, input: unknown) => Promise<unknown>
async function ask(name: string, ctx: Ctx, input: object): Promise<{ code: string; told: string }> {
  try {
    const answer = await (declaredEndpoints.get(name) as unknown as Run)(ctx, input)
    const told =
      answer instanceof Download
        ? Buffer.concat(await Array.fromAsync(answer.stream, (part: string | Buffer) => Buffer.from(part))).toString('latin1')
        : JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    return { code: 'done', told: told ?? '' }
  } catch (error) {
    if (isProblem(error)) return { code: error.code, told: JSON.stringify([error.params, error.details]) }
    throw error
  }
}
/** What of the other store stands in an answer, beside the id that was asked about. */
const leaks = (told: string, asked: object): string[] => {
  const sent = JSON.stringify(asked)
  return [THERE, ...secretIds].filter((one) => told.includes(one) && !sent.includes(one))
}
/** Endpoints that tell of more than one place to whoever they are for, and why. */
const OF_ALL: Readonly<Record<string, string>> = {
  'access.listUsers': 'people are the company’s, and so is where they work',
  'access.showUser': 'the same',
  'access.user.history': 'the same',
  'access.explainWhy': 'the same',
  'kit.listImports': 'files are for who brought them, and for those who see every field of their kind',
  'kit.showImport': 'the same',
  'inventory.transferEnds': 'the stores of the company, for whoever may ask them for goods',
  'inventory.findTransferable': 'what a store has is told to whoever may ask it for goods',
  'ledger.showChart': 'the company has one chart, and each drawer is an account of it; amounts are of one’s own places',
  'ledger.trialBalance': 'the same',
  'ledger.exportTrialBalance': 'the same',
  'ledger.account.list': 'the same',
  'ledger.account.get': 'the same',
  'ledger.account.history': 'the same',
  'ledger.account.export': 'the same',
}

const SPAN = { from: '2020-01-01', to: '2099-01-01' }
/** What a question needs beside the record that it is about. */
const BESIDE: Readonly<Record<string, object>> = {
  ...Object.assign({}, ...allCases.map((one) => one.beside)),
  'kit.listImports': { kind: 'parties.party' },
  'kit.listTimeline': { entity: 'sourcing.purchase' },
  'kit.showAssignment': { entity: 'sourcing.purchase' },
  'kit.showFollowing': { entity: 'sourcing.purchase' },
  'kit.findMentionable': { entity: 'sourcing.purchase' },
  'kit.showAttachment': { entity: 'sourcing.purchase', id: purchase, file },
  'kit.search': { q: THERE },
  'kit.listViews': { list: 'parties.party' },
  'parties.find': { q: THERE },
  'ledger.accountStatement': { id: debit, ...SPAN },
  'ledger.exportStatement': { id: debit, ...SPAN },
  'ledger.trialBalance': SPAN,
  'ledger.exportTrialBalance': SPAN,
  'access.compareRecord': { table: 'pos_shift', record: shift, from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' },
  'access.showConnection': { name: 'mail' },
  'access.explainWhy': { person, permission: 'pos.sale.read' },
  'inventory.compareCount': { location: world.location, lines: [{ variant: pot.variant, counted: '1000000' }] },
  'inventory.findShortages': { location: world.location, lines: [{ variant: pot.variant, quantity: '1000000' }] },
  'inventory.findGoods': { location: world.location },
  'inventory.proposeTransfers': { place: world.place },
  'sourcing.findPurchasable': { location: world.location },
  'sourcing.proposePurchases': { place: world.place },
  'inventory.showStock': { variant: pot.variant },
  'ledger.partyBalances': { party },
  'catalog.listSellables': { place: world.place },
  'catalog.showLabelled': { place: world.place, variants: [pot.variant] },
  'catalog.previewLabels': { place: world.place, kind: 'shelf', paper: 'a4-3x8', items: [{ variant: pot.variant, count: 1 }] },
  'catalog.printLabels': { place: world.place, kind: 'shelf', paper: 'a4-3x8', items: [{ variant: pot.variant, count: 1 }] },
  'pos.listParked': { place: world.place },
}
/** Whose list, file, sums or groups somebody asks for. */
const entityOf = (name: string) =>
  [...declaredEntities.values()].find((one) =>
    ['list', 'export', 'sums', 'groups'].some((verb) => name === `${one.name}.${verb}`),
  )
const idsOf = (name: string): string[] => {
  const { input } = declaredEndpoints.get(name)!.spec
  const named = [...fieldsIn(input)].flatMap(({ path, inside: { schemas } }) =>
    /^\.\w+$/.test(path) && schemas.some((one) => (one as { format?: string }).format === 'uuid') ? [path.slice(1)] : [],
  )
  const entity = entityOf(name)
  const filters = (entity?.filters ?? []) as readonly string[]
  return [...named, ...filters.filter((one) => entity!.fields[one]?.kind === 'ref')]
}

test('no question tells of what is in the other store', async () => {
  const wrong: string[] = []
  const missing: string[] = []
  let relevant = 0
  for (const [name, { kind, spec }] of declaredEndpoints) {
    if (kind !== 'query' || spec.internal || spec.can === 'public' || OF_ALL[name]) continue
    const grouped = groupsOf(entityOf(name) ?? { fields: {} })[0]
    const beside = BESIDE[name] ?? (name.endsWith('.groups') && grouped ? { group: grouped } : {})
    const isList = spec.input.safeParse({ ...beside, limit: 200 }).success
    const plain = isList
      ? [
          { ...beside, limit: 200 },
          { ...beside, q: THERE },
        ]
      : []
    const about = idsOf(name).flatMap((field) => Object.values(records).map((id) => ({ ...beside, [field]: id })))
    if (!isList && about.length === 0) missing.push(name)
    for (const input of [...plain, ...about]) {
      if (!spec.input.safeParse(input).success) {
        missing.push(`${name} ${JSON.stringify(input)}`)
        break
      }
      const all = await ask(name, world.ctx(), input)
      if (all.code !== 'done') continue
      relevant += 1
      for (const actor of actors) {
        if (!reachOf(actor, spec.can) && spec.can !== 'signedIn') continue
        // Sellers see where the shop has its stores.
        if (roleOf(actor) === 'seller' && name.startsWith('places.place.')) continue
        const { code, told } = await ask(name, ctxOf(actor), input)
        const found = leaks(told, input)
        if (found.length > 0) wrong.push(`${name} ${JSON.stringify(input)} tells ${roleOf(actor)} ${code}: ${found.join(' ')}`)
      }
    }
  }
  assert.ok(relevant > 300, `only ${relevant} were answered`)
  assert.deepEqual(missing, [])
  assert.deepEqual(wrong, [])
})

test('nothing is done to what is in the other store', async () => {
  const goods = { variant: pot.variant, quantity: '1000000' }
  const needed = (await cashier.call('POST /pos/sales', basket(till, '6000'))).body.details.id as string
  /** What the owner could do there, so that nothing but the place stands in the way. */
  const acts: readonly (readonly [string, object])[] = [
    ['pos.resumeBasket', { id: parked }],
    ['pos.issueInvoice', { id: sale }],
    ['pos.completeSale', basket(till)],
    ['pos.agreeBasket', basket(till)],
    ['pos.parkBasket', { id: newId(), till, label: 'X', basket: {}, lines: 1, total: '1' }],
    ['pos.moveCash', { id: shift, move: newId(), kind: 'out', amount: '10', reason: 'change' }],
    [
      'pos.noteRemovals',
      {
        till,
        removals: [{ id: newId(), kind: 'cleared', basket: newId(), what: 'X', worth: '0', at: '2026-12-01T08:00:00Z' }],
      },
    ],
    ['pos.openWithoutSale', { id: shift, opening: newId(), reason: 'change' }],
    ['pos.takeOverShift', { id: shift }],
    ['pos.closeShift', { id: shift, counted: '1', leaveParked: true }],
    ['pos.openShift', { id: newId(), till: spare, float: '0' }],
    ['pos.till.change', { id: spare, changes: { name: 'Mine' } }],
    ['pos.till.archive', { id: spare }],
    ['places.place.change', { id: place, changes: { name: 'Mine' } }],
    ['inventory.location.change', { id: storeroom, changes: { name: 'Mine' } }],
    ['inventory.lot.change', { id: lot, changes: { expiresOn: '2020-01-01' } }],
    ['inventory.reorder.change', { id: reorder, changes: { target: '5000000' } }],
    ['inventory.release', { id: reservation }],
    ['inventory.reverseDocument', { id: transfer, newDocument: newId(), reason: 'Not mine' }],
    ['sourcing.purchase.change', { id: draft, changes: { note: 'Mine' } }],
    ['sourcing.purchase.submit', { id: draft }],
    ['sourcing.purchase.cancel', { id: draft, reason: 'Not mine' }],
    ['sourcing.purchase.receive', { id: purchase, receipt: newId(), lines: [{ line: purchaseLine, quantity: '1000000' }] }],
    ['sourcing.purchase.reverseBill', { id: purchase, bill: billed, reason: 'mistaken' }],
    ['sourcing.purchase.bill', { id: purchase, bill: newId(), number: 'X1', dated: '2026-11-01', net: '1', tax: '0' }],
    ['inventory.transferOrder.change', { id: asked, changes: { note: 'Mine' } }],
    ['inventory.transferOrder.approve', { id: asked }],
    ['inventory.transferOrder.cancel', { id: asked, reason: 'Not mine' }],
    ['inventory.document.change', { id: keptMove, changes: { note: 'Mine' } }],
    ['inventory.document.receive', { id: keptReceipt }],
    ['inventory.document.post', { id: keptMove }],
    ['inventory.document.void', { id: keptMove }],
    ['inventory.stockCount.change', { id: opened, changes: { note: 'Mine' } }],
    ['inventory.stockCount.cancel', { id: opened, reason: 'Not mine' }],
    ['inventory.stockCount.review', { id: counting }],
    ['inventory.tallyStockCount', { id: counting, round: 1, tallies: [{ ...tally, id: newId() }] }],
    ['inventory.addToStockCount', { id: counting, variant: pot.variant, lot: 'L-77' }],
    [
      'inventory.document.receiveNew',
      { kind: 'receipt', id: newId(), location, reason: 'opening', lines: [{ ...goods, unitCost: '1' }] },
    ],
    [
      'inventory.document.postNew',
      { kind: 'adjustment', id: newId(), location, reason: 'found', lines: [{ ...goods, lotCode: 'L-77' }] },
    ],
    ['inventory.countStock', { id: newId(), location, lines: [{ variant: pot.variant, lot: 'L-77', counted: '1000000' }] }],
    [
      'inventory.document.postNew',
      { kind: 'transfer', id: newId(), location, toLocation: storeroom, lines: [{ ...goods, lotCode: 'L-77' }] },
    ],
    ['inventory.putAside', { id: newId(), location, ...goods, lot }],
    ['catalog.priceList.change', { id: priceList, changes: { name: 'Mine' } }],
    ['catalog.priceList.archive', { id: priceList }],
    ['catalog.price.change', { id: price, changes: { price: '1' } }],
    ['catalog.price.create', { priceList, variant: pot.variant, minQuantity: '7000000', price: '1' }],
    ['ledger.journal.change', { id: unposted, changes: { memo: 'Mine' } }],
    ['ledger.journal.post', { id: unposted }],
    ['ledger.journal.cancel', { id: unposted }],
    ['ledger.journal.reverse', { id: journal, businessDay: '2026-06-06', reason: 'mistaken' }],
    ['access.setRoles', { id: person, roles: [{ role: 'cashier', place: world.place }] }],
    ['access.disableUser', { id: person }],
    ['access.user.change', { id: person, changes: { name: 'Mine' }, reason: 'asked for it' }],
    ['access.endSessionsOfUser', { id: person }],
    ['access.askForPasswordChange', { id: person }],
    ['access.resetFactors', { id: person, reason: 'asked for it' }],
    ['access.makeBadge', { id: person }],
    ['access.resendInvitation', { id: invitation }],
    ['access.withdrawInvitation', { id: invitation }],
    ['access.holdRecord', { entity: 'pos.sale', record: sale, reason: 'asked for it' }],
    ['kit.deleteView', { id: view }],
    ['kit.writeNote', { entity: 'sourcing.purchase', id: purchase, text: 'Mine' }],
    ['kit.withdrawNote', { entity: 'sourcing.purchase', id: purchase, note }],
    ['kit.withdrawFile', { entity: 'sourcing.purchase', id: purchase, file }],
    ['kit.assign', { entity: 'sourcing.purchase', id: purchase, person }],
    ['kit.unassign', { entity: 'sourcing.purchase', id: purchase }],
    ['kit.follow', { entity: 'sourcing.purchase', id: purchase }],
    ['kit.unfollow', { entity: 'sourcing.purchase', id: purchase }],
    ['kit.readNotices', { id: notice }],
    ['access.decideApproval', { id: approval, approve: true }],
    ['access.withdrawApproval', { id: approval }],
    ['access.approveByPin', { id: approval, approver: person, pin: '7294' }],
    ['access.askForApproval', { id: needed }],
    ['access.completeApproved', { id: approval }],
  ]
  /** What belongs to whoever made it: the owner is a stranger to it as well. */
  const OWN = new Set([
    'kit.deleteView',
    'kit.readNotices',
    'access.withdrawApproval',
    'access.approveByPin',
    'access.askForApproval',
    'access.completeApproved',
  ])
  const wrong: string[] = []
  for (const [name, input] of acts) {
    const asked = await ask(name, { ...world.ctx(), headOnly: true }, input)
    if (!OWN.has(name) && asked.code !== 'done') wrong.push(`${name} by the owner: ${asked.code} ${asked.told}`)
    for (const actor of actors) {
      const { code, told } = await ask(name, { ...ctxOf(actor), headOnly: true }, input)
      if (!REFUSALS.includes(code)) wrong.push(`${name} by ${roleOf(actor)}: ${code}`)
      const found = leaks(told, input)
      if (found.length > 0) wrong.push(`${name} tells ${roleOf(actor)} ${code}: ${found.join(' ')}`)
    }
  }
  assert.deepEqual(wrong, [])
})
const REFUSALS = [
  'kit.notFound',
  'kit.forbidden',
  'inventory.location.unknown',
  'inventory.lot.elsewhere',
  'access.user.beyondYours',
  'access.approval.notYours',
]
