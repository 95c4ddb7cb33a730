import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { minor } from '#kit/money.ts'
import { units } from '#kit/quantity.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { crudRoutes } from '#kit/server/list/crud.ts'
import { partyVerbs } from '#modules/parties/party/party.crud.ts'
import { party as partyEntity } from '#modules/parties/party/party.ts'
import { articlesOf } from '#modules/catalog/index.ts'
import { aCompany } from '#test/harness.ts'
import { until } from '#test/server.ts'
import { makeCoupons } from './coupon/coupon.commands.ts'
import { ALPHABET, codesFrom } from './coupon/coupon.rules.ts'
import { couponVerbs } from './coupon/coupon.routes.ts'
import { shownCoupons, useCoupons } from './coupon/coupon.store.ts'
import { tryPromotion } from './trial/trial.queries.ts'
import { showUsed } from './use/use.queries.ts'
import { giveBack, useRules } from './use/use.store.ts'
import { pausePromotion, schedulePromotion } from './promotion/promotion.commands.ts'
import { aPromotion, aRunningPromotion } from './promotion/promotion.factory.ts'
import { keepPromotions } from './promotion/promotion.jobs.ts'
import { promotionCrud } from './promotion/promotion.routes.ts'
import { aLine, aMoment } from './rule/promote.factory.ts'
import { promote } from './rule/promote.rules.ts'
import { runningRules } from './promotion/promotion.store.ts'
import { indexRules } from './rule/rule.rules.ts'

const { 'POST /parties': createParty } = crudRoutes(partyEntity, partyVerbs)
const world = await aCompany()
const ctx = world.ctx()
const { db, pool } = world.database
const pot = await aProduct(world, 'Clay pot', 10_000n)
const lamp = await aProduct(world, 'Lamp', 50_000n)
const { id: party } = await createParty(ctx, { name: 'Wanjiru', kind: 'person', roles: ['customer'] })

const rules = (customer: string | null = null) => runningRules(db, { place: world.place, customer })
const find = async (id: string, customer: string | null = null) => (await rules(customer)).find((rule) => rule.id === id)
const stateOf = async (id: string) => (await promotionCrud['GET /promotions/:id'](ctx, { id })).row.state
const inTx = <T>(work: (tx: { db: typeof db; now: Temporal.Instant }) => Promise<T>) =>
  db.transaction().execute((db) => work({ db, now: Temporal.Now.instant() }))
const used = (rule: string, amount = 100n) => [{ rule, version: 1, amount: minor(amount) }]
const inSale = (document = newId(), more: object = {}) => ({
  kind: 'pos.sale',
  document,
  number: `S-${document.slice(-6)}`,
  place: world.place,
  customer: null as string | null,
  coupons: new Map<string, string>(),
  ...more,
})
const usedOf = async (id: string) =>
  (
    await pool.query<{ uses: number; amount: string }>(
      'select count(*)::int as uses, coalesce(sum(amount), 0)::text as amount from promotion_use where promotion = $1',
      [id],
    )
  ).rows[0]!
/** One who begins and does not end before so many others wait for a lock that it holds. */
const inTurn = async (act: (held?: () => Promise<void>) => Promise<string>, others: number) => {
  const waiting = async () =>
    (await pool.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount
  let rest: Promise<PromiseSettledResult<string>[]> = Promise.resolve([])
  const first = act(async () => {
    rest = Promise.allSettled(Array.from({ length: others }, () => act()))
    await until(waiting, (count) => count === others)
  })
  return [...(await Promise.allSettled([first])), ...(await rest)]
}
const refusedWith = (code: string) => ({ code: `promotions.promotion.${code}` })

test('what is written travels to the till as a rule, and a basket takes from it', async () => {
  const id = await aPromotion(ctx, {
    name: 'Two and one',
    kind: 'buyGet',
    buys: 2,
    gives: 1,
    rate: '1000000',
    // A figure that its kind does not have is not kept.
    amount: '500',
    lines: [{ product: pot.product }],
  })
  assert.equal(await find(id), undefined, 'a draft holds nowhere')
  await schedulePromotion(ctx, { id })
  const rule = await find(id)
  assert.deepEqual(
    [rule?.version, rule?.kind, rule?.amount, rule?.targets],
    [2, 'buyGet', null, [{ id: pot.product, count: 1n }]],
  )
  const line = aLine('a', 10_000n, { variant: pot.variant, product: pot.product, quantity: units(6) })
  const { benefit } = promote([line], indexRules(await rules()), aMoment({ place: world.place }))
  assert.equal(benefit, 20_000n)
})

test('a running rule that is changed is another version; one that pauses holds nowhere', async () => {
  const id = await aRunningPromotion(ctx)
  assert.equal(await stateOf(id), 'running')
  const before = (await find(id))!
  await promotionCrud['PATCH /promotions/:id'](ctx, { id, changes: { rate: '200000' } } as never)
  const after = (await find(id))!
  assert.deepEqual([after.version, after.rate], [before.version + 1, 200_000n])
  await pausePromotion(ctx, { id })
  assert.equal(await find(id), undefined)
})

test('its days begin and end it by the clock of its place', async () => {
  const at = (text: string) => world.ctx({ now: Temporal.Instant.from(text) })
  const id = await aRunningPromotion(at('2026-12-01T08:00:00Z'), { validFrom: '2026-12-24', validTo: '2026-12-31' })
  const keep = (text: string) => keepPromotions.work.run(at(text), {} as never, true)
  await keep('2026-12-24T00:59:59Z')
  assert.equal(await stateOf(id), 'scheduled', 'a second before four in the morning in Nairobi')
  await keep('2026-12-24T01:00:00Z')
  assert.equal(await stateOf(id), 'running')
  await keep('2027-01-01T00:59:59Z')
  assert.equal(await stateOf(id), 'running', 'the last day counts whole')
  await keep('2027-01-01T01:00:00Z')
  assert.equal(await stateOf(id), 'ended')
})

test('what can never apply is refused as it is written, with what to do', async () => {
  const refuse = async (code: string, more: Readonly<Record<string, unknown>>) =>
    assert.rejects(aPromotion(ctx, { ...more }), refusedWith(code), code)
  const bundle = { kind: 'bundle', rate: null, amount: '100' }
  await refuse('noShare', { rate: null })
  await refuse('noAmount', { kind: 'amount', rate: null })
  await refuse('noCounts', { kind: 'buyGet' })
  await refuse('oneIsNoGroup', { kind: 'anyFor', buys: 1, amount: '100' })
  await refuse('noSpend', { kind: 'spend' })
  await refuse('shareOrAmount', { kind: 'spend', atLeast: '100', amount: '10' })
  await refuse('noBundle', { ...bundle, lines: [{ product: pot.product }] })
  await refuse('noTarget', { lines: [{ product: pot.product, variant: pot.variant }] })
  await refuse('twice', { lines: [{ product: pot.product }, { product: pot.product }] })
  await refuse('badPeriod', { validFrom: '2999-02-02', validTo: '2999-02-01' })
  await refuse('over', { validTo: '2020-01-01' })
  await refuse('noHour', { hourFrom: 'noon', hourTo: '13:00' })
  await refuse('emptyHours', { hourFrom: '17:00', hourTo: '17:00' })
  await refuse('emptyHours', { hourFrom: '17:00' })
  await refuse('noWord', { coupons: 'word' })
  await refuse('floorTooHigh', { floor: '10000', lines: [{ product: pot.product }] })
  await refuse('neverLess', { kind: 'fixedPrice', rate: null, amount: '10000', lines: [{ variant: pot.variant }] })
  const gone = await aProduct(world, 'Gone', 900n)
  await pool.query('update catalog_product set archived_at = now() where id = $1', [gone.product])
  await refuse('nothingLeft', { lines: [{ product: gone.product }] })

  const id = await aPromotion(ctx, {
    hourFrom: '9',
    hourTo: '14.30',
    coupons: 'word',
    word: 'ka ribu',
    lines: [{ product: lamp.product }],
  })
  const { row } = await promotionCrud['GET /promotions/:id'](ctx, { id })
  assert.deepEqual([row.hourFrom, row.hourTo, row.word], ['09:00', '14:30', 'KARIBU'])
  await refuse('wordTaken', { coupons: 'word', word: 'Karibu' })
})

test('codes are of eight characters that nobody takes for others, each once, by the thousand', async () => {
  const id = await aRunningPromotion(ctx, { coupons: 'codes' })
  await makeCoupons(ctx, { id, count: 10_000 })
  const { rows } = await pool.query<{ code: string }>('select code from promotion_coupon where promotion = $1', [id])
  assert.equal(new Set(rows.map(({ code }) => code)).size, 10_000)
  assert.ok(rows.every(({ code }) => code.length === 8 && [...code].every((sign) => ALPHABET.includes(sign))))
  assert.deepEqual(codesFrom([0, 1, 2, 3, 255, 4, 5, 6, 7, 9]), ['23456789'])
  const { rows: listed } = await couponVerbs.list(ctx, { promotion: id, limit: 1 } as never)
  assert.equal(listed.length, 1)
  const plain = await aPromotion(ctx)
  await assert.rejects(makeCoupons(ctx, { id: plain, count: 1 }), refusedWith('noCodes'))
})

test('[C10] a code that two tills use at once is used once; the other is told why', async () => {
  const promotion = await aRunningPromotion(ctx, { coupons: 'codes' })
  await makeCoupons(ctx, { id: promotion, count: 1 })
  const { rows } = await pool.query<{ code: string }>('select code from promotion_coupon where promotion = $1', [promotion])
  const { code } = rows[0]!
  const pay = (held?: () => Promise<void>) => {
    const document = newId()
    return inTx(async (tx) => {
      const coupons = await useCoupons(tx, [{ code: code.toLowerCase(), promotion }], { document, number: 'S-1' })
      await useRules(tx, used(promotion), inSale(document, { coupons }))
      await held?.()
      return document
    })
  }
  // The first holds the code until the others stand in line for it.
  const first = await inTurn(pay, 7)
  const paid = first.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  assert.equal(paid.length, 1)
  for (const one of first)
    if (one.status === 'rejected') assert.equal((one.reason as { code: string }).code, 'promotions.promotion.couponUsed')
  assert.deepEqual(await usedOf(promotion), { uses: 1, amount: '100' })
  assert.equal((await shownCoupons(db, [code], '2026-12-01'))[0]!.refusal, 'used')

  assert.deepEqual(await showUsed(ctx, { id: promotion }), { times: 1, given: 100n })
  // A void gives it back, once, however often it is asked.
  await Promise.all([inTx((tx) => giveBack(tx, paid[0]!)), inTx((tx) => giveBack(tx, paid[0]!))])
  assert.deepEqual(await usedOf(promotion), { uses: 2, amount: '0' })
  assert.deepEqual(await showUsed(ctx, { id: promotion }), { times: 0, given: 0n })
  assert.equal((await shownCoupons(db, [code], '2026-12-01'))[0]!.refusal, null)
  await pay()
  await assert.rejects(
    inTx((tx) => useCoupons(tx, [{ code: 'ZZZZZZZZ', promotion }], { document: newId(), number: 'S-2' })),
    refusedWith('couponUnknown'),
  )
})

test('a limit in all, for each customer and a budget are not passed by tills that sell at once', async () => {
  const race = async (more: Readonly<Record<string, unknown>>, at: object = {}) => {
    const id = await aRunningPromotion(ctx, more)
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, () => inTx((tx) => useRules(tx, used(id, 300n), inSale(newId(), at)))),
    )
    for (const one of tries)
      if (one.status === 'rejected') assert.equal((one.reason as { code: string }).code, 'promotions.promotion.limit')
    return { id, passed: tries.filter(({ status }) => status === 'fulfilled').length }
  }
  const total = await race({ limitTotal: 5 })
  assert.equal(total.passed, 5)
  assert.equal((await usedOf(total.id)).uses, 5, 'what was refused left nothing')
  assert.equal(await find(total.id), undefined, 'what is used up does not travel')
  const budget = await race({ budget: '1000' })
  assert.equal(budget.passed, 3)
  const each = await race({ limitEach: 2 }, { customer: party })
  assert.equal(each.passed, 2)
  assert.equal(await find(each.id, party), undefined)
  assert.equal(await find(each.id), undefined, 'nobody is counted whom nobody knows')
  await assert.rejects(
    inTx((tx) => useRules(tx, used(each.id), inSale())),
    refusedWith('needsCustomer'),
  )

  // Given back, it can be used again.
  const { rows } = await pool.query<{ document: string }>('select document from promotion_use where promotion = $1 limit 1', [
    total.id,
  ])
  await inTx((tx) => giveBack(tx, rows[0]!.document))
  assert.ok(await find(total.id))
  await inTx((tx) => useRules(tx, used(total.id), inSale()))
  await assert.rejects(
    inTx((tx) => useRules(tx, used(total.id), inSale())),
    refusedWith('limit'),
  )
})

test('a limit that comes later counts what was used before it', async () => {
  const id = await aRunningPromotion(ctx)
  for (let count = 0; count < 3; count++) await inTx((tx) => useRules(tx, used(id), inSale(newId(), { customer: party })))
  const change = (changes: object) => promotionCrud['PATCH /promotions/:id'](ctx, { id, changes } as never)
  await change({ limitTotal: 4, limitEach: 3 })
  await assert.rejects(
    inTx((tx) => useRules(tx, used(id), inSale(newId(), { customer: party }))),
    refusedWith('limit'),
  )
  await change({ limitEach: null })
  await inTx((tx) => useRules(tx, used(id), inSale()))
  await assert.rejects(
    inTx((tx) => useRules(tx, used(id), inSale())),
    refusedWith('limit'),
  )
  await change({ limitTotal: 5 })
  await inTx((tx) => useRules(tx, used(id), inSale()))
})

test('two tills that use two promotions in turn never wait for each other', async () => {
  const both = [await aRunningPromotion(ctx, { limitTotal: 100 }), await aRunningPromotion(ctx, { limitTotal: 100 })]
  const sell = (order: readonly string[]) =>
    inTx((tx) =>
      useRules(
        tx,
        order.map((rule) => used(rule)[0]!),
        inSale(),
      ),
    )
  await Promise.all(Array.from({ length: 20 }, (_, at) => sell(at % 2 ? both : both.toReversed())))
  for (const id of both) assert.equal((await usedOf(id)).uses, 20)
})

test('a coupon says why it does not count', async () => {
  const word = (name: string, more: Readonly<Record<string, unknown>> = {}) =>
    aPromotion(ctx, { coupons: 'word', word: name, ...more })
  await word('DRAFT')
  await aRunningPromotion(ctx, { coupons: 'word', word: 'LATER', validFrom: '2999-01-01' })
  const good = await aRunningPromotion(ctx, { coupons: 'word', word: 'GOOD' })
  const shown = await shownCoupons(db, ['draft', 'later', 'go-od', 'nothing'], '2026-12-01')
  assert.deepEqual(
    shown.map(({ refusal }) => refusal),
    ['notRunning', 'notYet', null, 'unknown'],
  )
  assert.equal(shown[2]!.rule, good)
})

test('a draft is tried on a basket, also one that goes by codes for a group', async () => {
  const id = await aPromotion(ctx, { coupons: 'codes', customerGroup: 'traders', lines: [{ product: lamp.product }] })
  const tried = await tryPromotion(ctx, { id, basket: `${lamp.variant}*2,${pot.variant}*1` as never })
  assert.equal(tried.benefit, 10_000n)
  assert.deepEqual(
    tried.lines.map(({ name, gross, benefit }) => [name, gross, benefit]),
    [
      ['Lamp', 100_000n, 10_000n],
      ['Clay pot', 10_000n, 0n],
    ],
  )
  await assert.rejects(tryPromotion(ctx, { id, basket: `${newId()}*1` as never }), { code: 'kit.notFound' })
})

test('a category is for all that lies below it, as far as the till knows', async () => {
  const branch = async (name: string, parent: string | null = null) => {
    const id = newId()
    await pool.query('insert into catalog_category (id, name, parent) values ($1, $2, $3)', [id, name, parent])
    return id
  }
  const house = await branch('House')
  const light = await branch('Light', house)
  await pool.query('update catalog_product set category = $1 where id = $2', [light, lamp.product])
  assert.deepEqual((await articlesOf(db, [lamp.variant, pot.variant])).get(lamp.variant)?.categories, [light, house])
  const id = await aPromotion(ctx, { lines: [{ category: house }] })
  assert.equal((await tryPromotion(ctx, { id, basket: `${lamp.variant}*1,${pot.variant}*1` as never })).benefit, 5_000n)
  await assert.rejects(aPromotion(ctx, { lines: [{ category: await branch('Empty') }] }), refusedWith('nothingLeft'))
})

test('who makes promotions at one place makes none for all, and a cashier makes none', async () => {
  const manager = world.as('manager', { place: world.place })
  await assert.rejects(aPromotion(manager), { status: 403 })
  await aPromotion(manager, { place: world.place })
  await assert.rejects(aPromotion(world.as('cashier')), { status: 403 })
})
