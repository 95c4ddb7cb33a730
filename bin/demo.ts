import { randomBytes } from 'node:crypto'
import type { Actor } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { minor, roundToStep, type Rate } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import { guest, systemContext, type Ctx } from '#kit/server/door/context.ts'
import type { Database } from '#kit/server/data/db.ts'
import { setsCookie, type CookieChange } from '#kit/server/edge/http.ts'
import { StartProblem } from '#kit/server/host/postgres.ts'
import { visitorOf } from '#modules/access/index.ts'
import { coinsOf } from '#modules/payments/method/settle.rules.ts'
import { givesBack, settleBack } from '#modules/pos/back/back.rules.ts'
import { totalsOf } from '#modules/pricing/basket/basket.rules.ts'
import { expectSetupCode, isSetUp } from '#modules/setup/index.ts'
import { modules } from '../server.ts'
import { categories, personName, products, towns, type DemoProduct } from './demo/goods.ts'
import { random, type Random } from './demo/random.ts'

const OWNER = 'owner@demo.duka.example'
const ZONE = 'Africa/Nairobi'
const STORES = ['Moi Avenue', 'Westlands', 'Thika Road'] as const
const HOURS = [2, 3, 3, 4, 5, 6, 5, 4, 4, 6, 8, 7, 4]
const OPENS = 8
const UNIT = 1_000_000n
const NOTES = [5_000n, 10_000n, 20_000n, 50_000n, 100_000n]

export interface DemoSize {
  readonly products: number
  readonly customers: number
  readonly days: number
  /** Sales of an ordinary day in each store. */
  readonly sales: number
}
const FULL: DemoSize = { products: 500, customers: 2000, days: 90, sales: 40 }

interface Shop {
  readonly place: string
  readonly location: string
  readonly till: string
  readonly cashier: Actor
  readonly dice: Random
  readonly onHand: Map<string, number>
  readonly busy: number
}
interface Good extends DemoProduct {
  readonly variant: string
  readonly rate: Rate
}
interface Demo {
  readonly database: Database
  readonly owner: Actor
  readonly goods: readonly Good[]
  readonly customers: readonly string[]
  readonly methods: Record<string, string>
  readonly supplier: string
}

// oxlint-disable-next-line typescript/no-explicit-any -- the shape of an answer is known by whoever names the route
type Ask = (route: string, input?: object) => Promise<any>

/** Everything goes through the same commands as the API, by the name of its route; only the clock is another. */
const endpoints = new Map(modules.flatMap((module) => module.routes.flatMap((group) => Object.entries(group))))
// oxlint-disable-next-line typescript/no-explicit-any -- the shape of an answer is known by whoever names the route
async function call(database: Database, actor: Actor, now: Temporal.Instant, route: string, input: object): Promise<any> {
  const endpoint = endpoints.get(route) as ((ctx: Ctx, input: object) => Promise<unknown>) | undefined
  if (!endpoint) throw new Error(`no route ${route}`)
  return endpoint({ ...systemContext(database, 'demo'), actor, now, provenAt: now }, input)
}

/**
 * Fills an empty company with three stores that have been selling for 90 days. Names, prices, baskets and counts come
 * from one seed, so they are the same every time; ids and the password are new.
 * @throws StartProblem when the company has data
 */
export async function fillDemo(database: Database, say: (sentence: string) => void, size: DemoSize = FULL): Promise<void> {
  if (await isSetUp(database))
    throw new StartProblem(
      'This company has data already. Start --demo with an empty folder: DUKA_DATA=./demo npm start -- --demo',
    )
  const started = performance.now()
  const dice = random(20_261_120)
  const today = Temporal.Now.zonedDateTimeISO(ZONE)
  const firstDay = today.toPlainDate().subtract({ days: size.days })
  say(
    `Filling a demo company: ${STORES.length} stores, ${size.products} products, ${size.customers} customers, ${size.days} days…`,
  )
  const start = at(firstDay, OPENS * 60 - 120)
  const { owner, store, password } = await found(database, start)
  const ask = (route: string, input: object = {}) => call(database, owner, start, route, input)
  const shops = await openShops(database, owner, store, start, dice)
  const demo = await stock(database, owner, dice, size, ask)
  for (let day = 0; day <= size.days; day++) {
    const date = firstDay.add({ days: day })
    for (const shop of shops) await deliver(demo, shop, date, day === 0)
    await Promise.all(shops.map((shop) => sellAllDay(demo, shop, date, size.sales, today.toInstant())))
    if (day % 15 === 0 && day > 0) say(`  ${day} days…`)
  }
  say(`The demo company is filled (${Math.round((performance.now() - started) / 1000)} s). Sign in with:`)
  say(`  ${OWNER}   ${password}`)
}

const at = (date: Temporal.PlainDate, minutes: number): Temporal.Instant =>
  date.toZonedDateTime({ timeZone: ZONE, plainTime: '00:00' }).add({ minutes }).toInstant()

/** Their rights, as the program knows them; the session is of today, whatever the clock of the demo says. */
async function signedIn(database: Database, email: string, password: string): Promise<Actor> {
  const answer = await call(database, guest, Temporal.Now.instant(), 'POST /sign-in', { email, password })
  const { value } = (answer as { [setsCookie]: CookieChange[] })[setsCookie][0]!
  return (await visitorOf(database, value!)).actor
}

/** The company, by the same step that the first-run wizard ends with. */
async function found(database: Database, now: Temporal.Instant) {
  const code = '0000-0000'
  expectSetupCode(database, code)
  const password = randomBytes(9).toString('base64url')
  const answer = await call(database, systemContext(database, 'demo').actor, now, 'POST /setup', {
    code,
    company: {
      name: 'Baraka Stores',
      country: 'KE',
      currency: 'KES',
      locale: 'en',
      timeZone: ZONE,
      cutOffHour: 4,
      costing: 'average',
    },
    store: { name: STORES[0], till: 'Till 1' },
    owner: { name: 'Amina Baraka', email: OWNER, password },
  })
  return {
    owner: await signedIn(database, OWNER, password),
    store: answer as { place: string; location: string; till: string },
    password,
  }
}

async function openShops(
  database: Database,
  owner: Actor,
  firstStore: { place: string; location: string; till: string },
  now: Temporal.Instant,
  dice: Random,
): Promise<Shop[]> {
  const ask: Ask = (route, input = {}) => call(database, owner, now, route, input)
  const shops: Shop[] = []
  for (const [index, name] of STORES.entries()) {
    const code = `S${index + 1}`
    const store = index === 0 ? firstStore : await addStore(ask, name, code)
    const person = personName(dice)
    const email = `cashier${index + 1}@demo.duka.example`
    const password = randomBytes(18).toString('base64url')
    const token = randomBytes(32).toString('base64url')
    await ask('POST /invitations', { token, email, name: person, roles: [{ role: 'cashier', place: store.place }] })
    await call(database, systemContext(database, 'demo').actor, now, 'POST /invitations/acceptance', {
      token,
      name: person,
      password,
    })
    shops.push({
      ...store,
      cashier: await signedIn(database, email, password),
      dice: random(1000 + index),
      onHand: new Map(),
      busy: [1, 0.8, 0.6][index]!,
    })
  }
  return shops
}

async function addStore(ask: Ask, name: string, code: string) {
  const { id: place } = await ask('POST /places', { name, code, kind: 'store', timeZone: ZONE, cutOffHour: 4 })
  const location = (await ask('GET /inventory/locations', { place })).rows[0].id as string
  const { id: till } = await ask('POST /pos/tills', { name: `Till ${code}`, code: `${code}T1`, place, location })
  return { place, location, till }
}

/** Catalogue, people and what the shelves shall hold at least. */
async function stock(database: Database, owner: Actor, dice: Random, size: DemoSize, ask: Ask): Promise<Demo> {
  const taxes = (await ask('GET /catalog/tax-classes')).rows as { id: string; code: string }[]
  const taxOf = (code: string) => taxes.find((one) => one.code === code)?.id ?? null
  const folders = new Map<string, string>()
  for (const [position, name] of categories.entries())
    folders.set(name, (await ask('POST /catalog/categories', { name, position })).id)
  const wanted = products(dice, size.products)
  const goods = await inTurns(wanted, 4, async (one): Promise<Good> => {
    const { variants } = await ask('POST /catalog/products', {
      id: newId(),
      name: one.name,
      category: folders.get(one.category),
      vendor: one.vendor,
      taxClass: taxOf(one.tax),
      variants: [{ price: String(one.price), cost: String(one.cost), barcodes: [{ code: one.barcode }] }],
    })
    return { ...one, variant: variants[0], rate: (one.tax === 'standard' ? 160_000n : 0n) as Rate }
  })
  const people = Array.from({ length: size.customers }, (_, index) => ({
    name: personName(dice),
    phones: [`+2547${String(10_000_000 + index * 3_917 + dice.whole(0, 3_000)).slice(0, 8)}`],
    city: dice.pick(towns),
    country: 'KE',
    ...(index % 40 === 0 && { customerGroup: 'wholesale' }),
  }))
  const customers = await inTurns(people, 4, async (one) => (await ask('POST /parties', one)).id as string)
  const { id: supplier } = await ask('POST /parties', {
    name: 'Nairobi Wholesale Traders',
    kind: 'organization',
    roles: ['supplier'],
    phones: ['+254202345678'],
    city: 'Nairobi',
    country: 'KE',
  })
  const { id: list } = await ask('POST /catalog/price-lists', { name: 'Wholesale', customerGroup: 'wholesale', priority: 10 })
  for (const good of goods.slice(0, Math.ceil(goods.length / 8)))
    await ask('POST /catalog/prices', {
      priceList: list,
      variant: good.variant,
      minQuantity: String(6n * UNIT),
      price: String(roundToStep(minor((good.price * 92n) / 100n), 100n)),
    })
  const methods = (await ask('GET /payments/methods')).rows as { id: string; kind: string }[]
  return { database, owner, goods, customers, supplier, methods: Object.fromEntries(methods.map((one) => [one.kind, one.id])) }
}

/** The same work for many, a few at a time, the answers in their order. */
async function inTurns<T, R>(all: readonly T[], width: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let index = 0; index < all.length; index += width)
    done.push(...(await Promise.all(all.slice(index, index + width).map(work))))
  return done
}

/** Opening stock on the first day; afterwards the van comes on Mondays and Thursdays with what ran low. */
async function deliver(demo: Demo, shop: Shop, date: Temporal.PlainDate, isFirst: boolean): Promise<void> {
  if (!isFirst && date.dayOfWeek !== 1 && date.dayOfWeek !== 4) return
  const low = demo.goods.filter((good) => (shop.onHand.get(good.variant) ?? 0) < 18)
  if (low.length === 0) return
  const lines = low.map((good) => {
    const count = isFirst ? shop.dice.whole(30, 70) : shop.dice.whole(36, 60)
    shop.onHand.set(good.variant, (shop.onHand.get(good.variant) ?? 0) + count)
    return {
      variant: good.variant,
      quantity: String(BigInt(count) * UNIT),
      unitCost: String(isFirst ? good.cost : (good.cost * BigInt(shop.dice.whole(97, 105))) / 100n),
    }
  })
  await call(demo.database, demo.owner, at(date, OPENS * 60 - 60), 'POST /inventory/documents/receive', {
    kind: 'receipt',
    id: newId(),
    location: shop.location,
    reason: isFirst ? 'opening' : 'supplier',
    ...(!isFirst && { supplier: demo.supplier }),
    lines,
  })
}

/** A till's day: float, sales hour by hour, a drop into the safe, the count at night. Today goes as far as the clock does. */
async function sellAllDay(
  demo: Demo,
  shop: Shop,
  date: Temporal.PlainDate,
  ordinary: number,
  until: Temporal.Instant,
): Promise<void> {
  const ask = (now: Temporal.Instant, route: string, input: object) => call(demo.database, shop.cashier, now, route, input)
  const opening = at(date, OPENS * 60 - 15)
  if (Temporal.Instant.compare(opening, until) > 0) return
  const shift = newId()
  await ask(opening, 'POST /pos/shifts', { id: shift, till: shop.till, float: '500000' })
  const sales = Math.round(ordinary * shop.busy * (date.dayOfWeek >= 5 ? 1.35 : 1) * (0.8 + shop.dice.next() * 0.4))
  const moments = Array.from({ length: sales }, () => momentOf(shop.dice)).toSorted((a, b) => a - b)
  for (const minute of moments) {
    const now = at(date, minute)
    if (Temporal.Instant.compare(now, until) > 0) return
    const sold = await sellOnce(demo, shop, now)
    const soon = now.add({ seconds: 40 })
    if (!sold || Temporal.Instant.compare(soon, until) > 0) continue
    if (shop.dice.chance(0.015)) await strikeOut(demo, shop, soon, sold)
    else if (shop.dice.chance(0.05)) await bringBack(demo, shop, soon, sold)
  }
  const night = at(date, 21 * 60 + shop.dice.whole(5, 25))
  if (Temporal.Instant.compare(night, until) > 0) return
  const { report } = await call(demo.database, demo.owner, night, 'GET /pos/shifts/:id', { id: shift })
  const expected = BigInt(report.expected)
  const counted = shop.dice.chance(0.2) ? expected + BigInt(shop.dice.whole(-4, 3) * 5_000) : expected
  await ask(night, 'POST /pos/shifts/:id/close', { id: shift, counted: String(counted < 0n ? 0n : counted) })
}

/** A minute of the day, the busy hours likelier. */
function momentOf(dice: Random): number {
  let rest = dice.next() * HOURS.reduce((all, one) => all + one, 0)
  const hour = HOURS.findIndex((share) => (rest -= share) < 0)
  return (OPENS + Math.max(0, hour)) * 60 + dice.whole(0, 59)
}

interface Sold {
  readonly id: string
  readonly chosen: readonly { readonly good: Good; readonly count: number }[]
}

async function sellOnce(demo: Demo, shop: Shop, now: Temporal.Instant): Promise<Sold | undefined> {
  const { dice } = shop
  const chosen = new Map<string, { good: Good; count: number }>()
  for (let line = dice.pick([1, 1, 2, 2, 3, 3, 4, 5, 7]); line > 0; line--) {
    const good = dice.popular(demo.goods)
    const count = dice.pick([1, 1, 1, 1, 2, 2, 3])
    const left = (shop.onHand.get(good.variant) ?? 0) - (chosen.get(good.variant)?.count ?? 0)
    if (left < count) continue
    chosen.set(good.variant, { good, count: (chosen.get(good.variant)?.count ?? 0) + count })
  }
  if (chosen.size === 0) return undefined
  const lines = [...chosen.values()].map(({ good, count }) => ({
    variant: good.variant,
    quantity: (BigInt(count) * UNIT) as Qty,
    listPrice: good.price,
    unitPrice: minor(good.price),
    priceUnit: '1' as const,
    taxRate: good.rate,
  }))
  const discount = dice.chance(0.04) ? { rate: 50_000n as Rate } : undefined
  const { total } = totalsOf(lines, discount, true)
  const kind = dice.pick(['cash', 'cash', 'cash', 'cash', 'mobile', 'mobile', 'mobile', 'mobile', 'card'])
  const method = demo.methods[kind] ?? demo.methods['cash']!
  const due = kind === 'cash' ? roundToStep(total, 100n) : total
  const note = dice.pick(NOTES)
  const given = kind === 'cash' ? ((due + note - 1n) / note) * note : due
  // Regulars; wholesale buyers come too seldom to be among them.
  const regular = dice.chance(0.25) ? dice.popular(demo.customers) : undefined
  const isRegular = regular !== undefined && demo.customers.indexOf(regular) % 40 !== 0
  const id = newId()
  await call(demo.database, shop.cashier, now, 'POST /pos/sales', {
    id,
    till: shop.till,
    ...(isRegular && { customer: regular }),
    lines: lines.map((line) => ({ variant: line.variant, quantity: String(line.quantity), listPrice: String(line.listPrice) })),
    ...(discount && { discount: { rate: String(discount.rate) } }),
    total: String(total),
    tenders: [{ method, given: String(given), ...(kind !== 'cash' && { reference: referenceOf(dice) }) }],
  })
  for (const { good, count } of chosen.values()) shop.onHand.set(good.variant, shop.onHand.get(good.variant)! - count)
  return { id, chosen: [...chosen.values()] }
}

const WHY = ['Rung up twice', 'Wrong customer', 'Customer had too little money']

/** A sale that should not have been: all of it goes back at once. */
async function strikeOut(demo: Demo, shop: Shop, now: Temporal.Instant, { id, chosen }: Sold): Promise<void> {
  await call(demo.database, demo.owner, now, 'POST /pos/sales/:id/void', { id, reason: shop.dice.pick(WHY) })
  for (const { good, count } of chosen) shop.onHand.set(good.variant, shop.onHand.get(good.variant)! + count)
}

/** One of what was sold comes back: for its money, or for another one of the same. What takes a second person is left out. */
async function bringBack(demo: Demo, shop: Shop, now: Temporal.Instant, { id: sale, chosen }: Sold): Promise<void> {
  const { dice } = shop
  const ask = (route: string, input: object) => call(demo.database, demo.owner, now, route, input)
  const of = await ask('GET /pos/sales/:id/returnable', { id: sale })
  const { good } = dice.pick(chosen)
  const line = of.lines.find((one: { variant: string }) => one.variant === good.variant)
  const due = String(givesBack(line, UNIT))
  const isExchange = dice.chance(0.3) && (shop.onHand.get(good.variant) ?? 0) > 0
  const bought = minor(isExchange ? good.price : 0n)
  const { exchanged, total } = settleBack({ due, took: of.took }, bought, coinsOf('KES'))
  if (total - exchanged > 400_000n) return
  const back = {
    id: newId(),
    sale,
    lines: [{ line: line.id, quantity: String(UNIT), disposition: isExchange ? 'quarantine' : 'shelf' }],
    reason: isExchange ? 'defective' : dice.pick(['unwanted', 'wrong', 'size']),
    due: String(total),
  }
  if (!isExchange) {
    await ask('POST /pos/returns', { till: shop.till, ...back })
    shop.onHand.set(good.variant, (shop.onHand.get(good.variant) ?? 0) + 1)
    return
  }
  const rest = roundToStep(minor(bought - exchanged), 100n)
  await ask('POST /pos/sales', {
    id: newId(),
    till: shop.till,
    lines: [{ variant: good.variant, quantity: String(UNIT), listPrice: String(good.price) }],
    total: String(bought),
    tenders: rest > 0n ? [{ method: demo.methods['cash'], given: String(rest) }] : [],
    back,
  })
  shop.onHand.set(good.variant, shop.onHand.get(good.variant)! - 1)
}

const referenceOf = (dice: Random) =>
  Array.from({ length: 10 }, () => dice.pick([...'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'])).join('')
