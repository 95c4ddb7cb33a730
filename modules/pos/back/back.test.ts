import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Answer, type Client } from '#test/server.ts'
import { completeSale } from '../checkout/checkout.commands.ts'
import { aProduct, type AProduct } from '../sale/sale.factory.ts'
import { openShift } from '../shift/shift.commands.ts'

/** What comes back at the counter: never more than was sold, for what was paid, the way it was paid, with every account at rest. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
const done = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const cashier: Client = server.client()
await accept(cashier, await anInvitation(owner, 'till@example.com', [{ role: 'cashier', place: world.place }]))
const pin = '7294'
await owner.call('POST /profile/pin', { current: 'correct horse battery', pin })
const agreed = async (by: Client, route: string, input: object): Promise<Answer> => {
  const asked = await by.call(route, input)
  assert.equal(asked.body.code, 'kit.approvalNeeded', JSON.stringify(asked.body))
  const { id } = asked.body.details as { id: string }
  done(await by.call(`POST /approvals/${id}/pin`, { approver: world.owner, pin }))
  return by.call(route, input, { approval: id })
}
const { rows: methods } = (await owner.call('GET /payments/methods')).body as { rows: { id: string; kind: string }[] }
const method = (kind: string) => methods.find((way) => way.kind === kind)!.id
const shift = newId()
done(await cashier.call('POST /pos/shifts', { id: shift, till: world.till, float: '100000' }))
const shirt = await aProduct(world, 'Shirt L', 150_000n, 20, 60_000n, { taxed: false })
const wide = await aProduct(world, 'Shirt XXL', 150_000n, 20, 60_000n, { taxed: false })
const soap = await aProduct(world, 'Soap', 11_600n, 100, 4_000n)

interface Way {
  readonly kind: string
  readonly given: string
  readonly reference?: string
}
interface Sold {
  readonly id: string
  readonly lines: { id: string; quantity: string }[]
}
async function sell(
  goods: readonly (readonly [AProduct, number])[],
  total: string,
  ways: readonly Way[],
  more: object = {},
): Promise<Sold> {
  const id = newId()
  done(
    await cashier.call('POST /pos/sales', {
      id,
      till: world.till,
      lines: goods.map(([one, count]) => ({ variant: one.variant, quantity: `${count}000000`, listPrice: one.price })),
      total,
      tenders: ways.map(({ kind, ...way }) => ({ method: method(kind), ...way })),
      ...more,
    }),
  )
  const { lines } = done(await cashier.call(`GET /pos/sales/${id}/returnable`))
  return { id, lines }
}
const back = (sale: Sold, units: readonly (readonly [number, number])[], due: string, more: object = {}) => ({
  id: newId(),
  sale: sale.id,
  lines: units.map(([line, count]) => ({ line: sale.lines[line]!.id, quantity: `${count}000000` })),
  reason: 'unwanted',
  due,
  ...more,
})
const take = (by: Client, input: object) => by.call('POST /pos/returns', { till: world.till, ...input })
const onHand = async (variant: string) => {
  const { rows } = await pool.query<{ sum: string }>(
    `select coalesce(sum(b.on_hand), 0)::text as sum from inventory_balance b join inventory_location l on l.id = b.location
     where b.variant = $1 and l.holds = 'goods'`,
    [variant],
  )
  return Number(rows[0]!.sum) / 1e6
}
const balances = async () => {
  const { rows } = await pool.query<{ name: string; sum: string }>(
    `select coalesce(a.part, a.holds) as name, sum(l.amount)::text as sum from ledger_line l join ledger_account a on a.id = l.account group by 1`,
  )
  return new Map(rows.map((row) => [row.name, Number(row.sum)]))
}
const changeOf = async (act: () => Promise<unknown>) => {
  const before = await balances()
  await act()
  const after = await balances()
  return Object.fromEntries(
    [...after].flatMap(([name, sum]) => (sum === (before.get(name) ?? 0) ? [] : [[name, sum - (before.get(name) ?? 0)]])),
  )
}
const report = async () => done(await owner.call(`GET /pos/shifts/${shift}`)).report

test('[C1] a line of a basket with a discount on everything gives back its share of what was paid', async () => {
  const [a, b, c] = [
    await aProduct(world, 'A', 25_000n, 9, 0n, { taxed: false }),
    await aProduct(world, 'B', 20_000n, 9, 0n, { taxed: false }),
    await aProduct(world, 'C', 10_000n, 9, 0n, { taxed: false }),
  ]
  const sold = await (async () => {
    const id = newId()
    done(
      await owner.call('POST /pos/sales', {
        id,
        till: world.till,
        lines: [a, b, c].map((one) => ({ variant: one!.variant, quantity: '1000000', listPrice: one!.price })),
        discount: { amount: '7000' },
        total: '48000',
        tenders: [{ method: method('card'), given: '48000' }],
      }),
    )
    return { id, lines: done(await owner.call(`GET /pos/sales/${id}/returnable`)).lines } as Sold
  })()
  const given = []
  for (const [line, due] of [
    [1, '17455'],
    [0, '21818'],
    [2, '8727'],
  ] as const)
    given.push(done(await take(owner, back(sold, [[line, 1]], due))).total)
  assert.deepEqual(given, ['17455', '21818', '8727'])
})

test('[C2] never more comes back than was sold, also at two tills at once', async () => {
  const sold = await sell([[soap, 2]], '23200', [{ kind: 'cash', given: '23200' }])
  const tooMuch = await take(cashier, back(sold, [[0, 3]], '34800'))
  assert.deepEqual([tooMuch.status, tooMuch.body.message], [409, 'Of Soap 2 of 2 can still come back. Change the quantity.'])
  done(await take(cashier, back(sold, [[0, 1]], '11600')))
  const both = await Promise.all([take(cashier, back(sold, [[0, 1]], '11600')), take(owner, back(sold, [[0, 1]], '11600'))])
  assert.deepEqual(both.map((one) => one.status).toSorted(), [201, 409])
  assert.match(both.find((one) => one.status === 409)!.body.message, /0 of 2/)
  assert.equal(await onHand(soap.variant), 100)
})

test('[C3] the tax and the cost of a line come back as they were, whatever the rate is now', async () => {
  const sold = await sell([[soap, 1]], '11600', [{ kind: 'cash', given: '11600' }])
  await pool.query(`update catalog_tax_rate set rate = 140000`)
  try {
    const change = await changeOf(async () => done(await take(cashier, back(sold, [[0, 1]], '11600'))))
    assert.deepEqual(change, { drawer: -11_600, sales: 10_000, taxOutput: 1_600, stock: 4_000, costOfSales: -4_000 })
  } finally {
    await pool.query(`update catalog_tax_rate set rate = 160000 where rate = 140000`)
  }
})

test('[C4] money goes back the way it came, what can be traced first; another way takes a second person', async () => {
  const stove = await aProduct(world, 'Stove', 50_000n, 10, 0n, { taxed: false })
  const sold = await sell([[stove, 2]], '100000', [
    { kind: 'card', given: '40000' },
    { kind: 'cash', given: '60000' },
  ])
  const half = back(sold, [[0, 1]], '50000')
  const refused = await take(cashier, { ...half, due: '49000' })
  assert.deepEqual([refused.body.code, refused.body.params.due], ['returns.return.changed', '50000'])
  const change = await changeOf(async () => done(await take(cashier, half)))
  assert.deepEqual([change['cardTakings'], change['drawer'], change['sales']], [-40_000, -10_000, 50_000])
  // The rest was paid in cash; who wants it on a wallet asks somebody.
  const other = back(sold, [[0, 1]], '50000', { method: method('mobile') })
  const answer = await agreed(cashier, 'POST /pos/returns', { till: world.till, ...other })
  assert.equal(done(answer).refunds[0].kind, 'mobile')
})

test('[C4] a sale that was rounded down for want of coins comes back, and gives what was paid for it', async () => {
  const bun = await aProduct(world, 'Bun', 1_040n, 10, 0n, { taxed: false })
  const sold = await sell([[bun, 3]], '3120', [{ kind: 'cash', given: '3100' }])
  const change = await changeOf(async () => {
    for (const due of ['1000', '1100', '1000']) done(await take(cashier, back(sold, [[0, 1]], due)))
  })
  assert.deepEqual(change, { drawer: -3_100, sales: 3_120, rounding: -20 })
})

test('cash goes back by its name, also where it is archived; what is on a wallet that is archived waits for another way', async () => {
  const match = await aProduct(world, 'Matches', 2_000n, 10, 0n, { taxed: false })
  const [inCash, onWallet] = [
    await sell([[match, 1]], '2000', [{ kind: 'cash', given: '2000' }]),
    await sell([[match, 1]], '2000', [{ kind: 'mobile', given: '2000', reference: 'MTC10001' }]),
  ]
  const ways = [method('cash'), method('mobile')]
  for (const way of ways) done(await owner.call(`POST /payments/methods/${way}/archival`))
  try {
    const { id } = done(await take(cashier, back(inCash, [[0, 1]], '2000')))
    assert.equal(done(await owner.call(`GET /returns/${id}`)).refunds[0].name, 'Cash')
    assert.equal((await take(cashier, back(onWallet, [[0, 1]], '2000'))).body.code, 'payments.unknownMethod')
  } finally {
    for (const way of ways) done(await owner.call(`DELETE /payments/methods/${way}/archival`))
  }
})

test('[C5] one for another of the same price: no money moves, both papers stand', async () => {
  const before = [await onHand(shirt.variant), await onHand(wide.variant)]
  const sold = await sell([[shirt, 1]], '150000', [{ kind: 'cash', given: '150000' }])
  const id = newId()
  const change = await changeOf(async () => {
    const answer = done(
      await cashier.call('POST /pos/sales', {
        id,
        till: world.till,
        lines: [{ variant: wide.variant, quantity: '1000000', listPrice: wide.price }],
        total: '150000',
        tenders: [],
        back: back(sold, [[0, 1]], '150000', { reason: 'size' }),
      }),
    )
    assert.deepEqual([answer.total, answer.change, answer.back.exchanged, answer.back.refunded], ['150000', '0', '150000', '0'])
  })
  assert.deepEqual(change, {}, 'what comes back and what goes out are worth the same')
  assert.deepEqual([await onHand(shirt.variant), await onHand(wide.variant)], [before[0], before[1]! - 1])
  const { rows } = done(await owner.call('GET /returns', { reason: 'size' }))
  assert.deepEqual([rows.length, rows[0].total, rows[0].exchanged], [1, '150000', '150000'])
  assert.equal(done(await owner.call(`GET /returns/${rows[0].id}`)).exchangeAt, `/pos/sales/${id}`)
})

test('an exchange for more is paid, for less is paid back, and nothing is left between', async () => {
  const sold = await sell([[shirt, 1]], '150000', [{ kind: 'card', given: '150000' }])
  const exchange = (goods: AProduct, count: number, total: string, tenders: object[]) => ({
    id: newId(),
    till: world.till,
    lines: [{ variant: goods.variant, quantity: `${count}000000`, listPrice: goods.price }],
    total,
    tenders,
    back: back(sold, [[0, 1]], '150000'),
  })
  const unpaid = await cashier.call('POST /pos/sales', exchange(shirt, 2, '300000', []))
  assert.deepEqual([unpaid.body.code, unpaid.body.params.missing], ['payments.short', '150000'])
  const less = done(await cashier.call('POST /pos/sales', exchange(soap, 1, '11600', [])))
  assert.deepEqual([less.back.exchanged, less.back.refunded, less.back.refunds[0].kind], ['11600', '138400', 'card'])
  const after = await balances()
  assert.equal(after.get('exchanges'), 0)
})

test('[C6] a void takes all of it back: every account, the goods, the number stays, and the report counts no sale', async () => {
  const tea = await aProduct(world, 'Tea', 5_000n, 10, 2_000n, { taxed: false })
  const counted = await report()
  const stock = [await onHand(soap.variant), await onHand(tea.variant)]
  let sold: Sold | undefined
  const change = await changeOf(async () => {
    sold = await sell(
      [
        [soap, 1],
        [tea, 1],
      ],
      '16600',
      [{ kind: 'mobile', given: '16600', reference: 'QWE12345' }],
    )
    const input = { reason: 'Wrong customer' }
    assert.equal((await cashier.call(`POST /pos/sales/${sold.id}/void`, {})).status, 422)
    done(await agreed(cashier, `POST /pos/sales/${sold.id}/void`, input))
  })
  assert.deepEqual(change, {})
  assert.deepEqual([await onHand(soap.variant), await onHand(tea.variant)], stock)
  const now = await report()
  assert.deepEqual([now.sales - counted.sales, now.total === counted.total, now.expected === counted.expected], [0, true, true])
  assert.deepEqual([now.voids.count - counted.voids.count, BigInt(now.voids.total) - BigInt(counted.voids.total)], [1, 16_600n])
  const { row } = done(await owner.call(`GET /pos/sales/${sold!.id}`))
  assert.deepEqual([row.state, row.total], ['voided', '16600'])
  const sums = async () => done(await owner.call('GET /pos/sales/sums')).sums as { total: string }
  const standing = await pool.query<{ sum: string }>(`select sum(total)::text as sum from pos_sale where state = 'completed'`)
  assert.equal((await sums()).total, standing.rows[0]!.sum)
  const { rows } = await pool.query('select 1 from pos_sale_fact where id = $1', [sold!.id])
  assert.equal(rows.length, 0)
  // Once, and nothing of it comes back; its message pays the sale that is rung up in its place.
  assert.equal((await owner.call(`POST /pos/sales/${sold!.id}/void`, { reason: 'Again' })).body.code, 'pos.back.voided')
  assert.equal((await take(owner, back(sold!, [[0, 1]], '11600'))).body.code, 'pos.back.voided')
  await sell(
    [
      [soap, 1],
      [tea, 1],
    ],
    '16600',
    [{ kind: 'mobile', given: '16600', reference: 'QWE12345' }],
  )
})

test('a sale of which goods came back is not voided, nor one of a shift that is over; two voids at once are one', async () => {
  const sold = await sell([[soap, 2]], '23200', [{ kind: 'cash', given: '23200' }])
  done(await take(cashier, back(sold, [[0, 1]], '11600')))
  assert.equal((await owner.call(`POST /pos/sales/${sold.id}/void`, { reason: 'Mistake' })).body.code, 'pos.back.cameBack')
  const other = await sell([[soap, 1]], '11600', [{ kind: 'cash', given: '11600' }])
  const both = await Promise.all([1, 2].map(() => owner.call(`POST /pos/sales/${other.id}/void`, { reason: 'Mistake' })))
  assert.deepEqual(both.map((one) => one.status).toSorted(), [201, 409])
})

test('a void and a return of the same sale at once: one of them', async () => {
  for (let round = 0; round < 4; round++) {
    const sold = await sell([[soap, 1]], '11600', [{ kind: 'cash', given: '11600' }])
    const stock = await onHand(soap.variant)
    const both = await Promise.all([
      owner.call(`POST /pos/sales/${sold.id}/void`, { reason: 'Mistake' }),
      take(cashier, back(sold, [[0, 1]], '11600')),
    ])
    assert.deepEqual(both.map((one) => one.status).toSorted(), [201, 409])
    assert.equal(await onHand(soap.variant), stock + 1)
  }
})

test('what is broken goes aside at its cost, what is thrown away is a loss, and a large refund takes a second person', async () => {
  const phone = await aProduct(world, 'Phone', 600_000n, 10, 400_000n, { taxed: false })
  const sold = await sell([[phone, 3]], '1800000', [{ kind: 'card', given: '1800000' }])
  const lines = [{ line: sold.lines[0]!.id, quantity: '1000000', disposition: 'quarantine' }]
  const change = await changeOf(async () =>
    done(
      await agreed(cashier, 'POST /pos/returns', {
        till: world.till,
        ...back(sold, [], '600000', { lines, reason: 'defective' }),
      }),
    ),
  )
  assert.deepEqual([change['stock'], change['costOfSales'], change['stockLoss']], [400_000, -400_000, undefined])
  assert.equal(await onHand(phone.variant), 7)
  const scrap = await changeOf(async () =>
    done(
      await agreed(cashier, 'POST /pos/returns', {
        till: world.till,
        ...back(sold, [], '600000', { lines: [{ ...lines[0], disposition: 'scrap' }], reason: 'damaged' }),
      }),
    ),
  )
  assert.deepEqual([scrap['stock'], scrap['costOfSales'], scrap['stockLoss']], [undefined, -400_000, 400_000])
})

test('no tax invoice is issued of a sale that was voided; one that was issued before says that it was', async () => {
  const salt = await aProduct(world, 'Salt', 4_000n, 10, 0n, { taxed: false })
  const one = () => sell([[salt, 1]], '4000', [{ kind: 'cash', given: '4000' }])
  const [early, late] = [await one(), await one()]
  done(await owner.call(`POST /pos/sales/${early.id}/invoice`))
  for (const { id } of [early, late]) done(await owner.call(`POST /pos/sales/${id}/void`, { reason: 'Mistake' }))
  assert.equal((await owner.call(`POST /pos/sales/${late.id}/invoice`)).body.code, 'pos.back.voided')
  done(await owner.call(`POST /pos/sales/${early.id}/invoice`))
})

test('a large refund in many small ones takes a second person as well; what is exchanged is none', async () => {
  const radio = await aProduct(world, 'Radio', 200_000n, 10, 0n, { taxed: false })
  const sold = await sell([[radio, 5]], '1000000', [{ kind: 'card', given: '1000000' }])
  for (const _ of [1, 2]) done(await take(cashier, back(sold, [[0, 1]], '200000')))
  done(await agreed(cashier, 'POST /pos/returns', { till: world.till, ...back(sold, [[0, 1]], '200000') }))
  const exchange = {
    id: newId(),
    till: world.till,
    lines: [{ variant: radio.variant, quantity: '1000000', listPrice: radio.price }],
    total: '200000',
    tenders: [],
    back: back(sold, [[0, 1]], '200000'),
  }
  done(await cashier.call('POST /pos/sales', exchange))
})

test('after the days of the store only by somebody who may; goods of a final sale never alone', async () => {
  const category = newId()
  done(await owner.call('POST /catalog/categories', { id: category, name: 'Final sale', returnDays: 0 }))
  const lamp = await aProduct(world, 'Lamp', 9_000n, 10, 0n, { taxed: false })
  done(await owner.call(`PATCH /catalog/products/${lamp.product}`, { category }))
  const sold = await sell([[lamp, 2]], '18000', [{ kind: 'cash', given: '18000' }])
  const input = { till: world.till, ...back(sold, [[0, 1]], '9000') }
  done(await agreed(cashier, 'POST /pos/returns', input))
  done(await take(owner, back(sold, [[0, 1]], '9000')))
})

test('a till that is left open for weeks keeps nothing that it sold from being late', async () => {
  const till = newId()
  done(
    await owner.call('POST /pos/tills', {
      id: till,
      name: 'Back till',
      code: 'T9',
      place: world.place,
      location: world.location,
    }),
  )
  const jar = await aProduct(world, 'Jar', 3_000n, 10, 0n, { taxed: false })
  const then = Temporal.Now.instant().subtract({ hours: 30 * 24 })
  await openShift(world.ctx({ now: then }), { id: newId(), till, float: '0' as never })
  const sellAt = async (now: Temporal.Instant) => {
    const id = newId()
    const lines = [{ variant: jar.variant, quantity: '1000000' as never, listPrice: jar.price as never }]
    const tenders = [{ method: method('card'), given: '3000' as never }]
    await completeSale(world.ctx({ now }), { id, till, lines, tenders, total: '3000' as never })
    return { id, lines: done(await owner.call(`GET /pos/sales/${id}/returnable`)).lines } as Sold
  }
  const [old, fresh] = [await sellAt(then), await sellAt(Temporal.Now.instant())]
  const asked = await cashier.call('POST /pos/returns', { till, ...back(old, [[0, 1]], '3000') })
  assert.deepEqual([asked.body.code, asked.body.details.kinds], ['kit.approvalNeeded', ['returns.late']])
  done(await cashier.call('POST /pos/returns', { till, ...back(fresh, [[0, 1]], '3000') }))
})

test('[C22] cash that goes back is missing from the drawer of today, and a drawer gives no more than it holds', async () => {
  const before = await report()
  const sold = await sell([[soap, 1]], '11600', [{ kind: 'cash', given: '11600' }])
  done(await take(cashier, back(sold, [[0, 1]], '11600')))
  const after = await report()
  assert.equal(after.expected, before.expected)
  assert.equal(BigInt(after.cashRefunds) - BigInt(before.cashRefunds), 11_600n)
  const much = await sell([[shirt, 1]], '150000', [{ kind: 'cash', given: '150000' }])
  done(
    await owner.call(`POST /pos/shifts/${shift}/cash`, {
      move: newId(),
      kind: 'drop',
      amount: (await report()).expected,
      reason: 'safe',
    }),
  )
  assert.equal((await take(cashier, back(much, [[0, 1]], '150000'))).body.code, 'pos.back.drawerShort')
})

test('after all of it books, shelves and drawers agree', async () => {
  assert.deepEqual(done(await owner.call('GET /ledger-check')).differences, [])
  const { rows } = await pool.query<{ lists: string; ledger: string }>(
    `select (select sum(net) from pos_sale_line_list)::text as lists,
       (select -sum(l.amount) from ledger_line l join ledger_account a on a.id = l.account where a.part = 'sales')::text as ledger`,
  )
  assert.equal(rows[0]!.lists, rows[0]!.ledger)
})

test('a receipt is found by its number, its customer, and the reference of its payment; the newest come first', async () => {
  const customer = newId()
  done(await owner.call('POST /parties', { id: customer, name: 'Zawadi Njeri' }))
  const sold = await sell([[soap, 1]], '11600', [{ kind: 'mobile', given: '11600', reference: 'FND-77 x' }], { customer })
  const { row } = done(await owner.call(`GET /pos/sales/${sold.id}`))
  const found = async (q: string) =>
    (done(await cashier.call('GET /pos/receipts', { q })).rows as { id: string }[]).map(({ id }) => id)
  assert.equal((await found(''))[0], sold.id)
  for (const q of [row.number, row.number.slice(-6).toLowerCase(), 'zawadi', 'fnd77x'])
    assert.equal((await found(q))[0], sold.id, q)
  assert.deepEqual(await found('no such_thing%'), [])
})

test('who sells for themselves takes back what they sold, and nothing of others', async () => {
  const van = server.client()
  await accept(van, await anInvitation(owner, 'van@example.com', [{ role: 'vanSalesman', place: world.place }]))
  const theirs = await sell([[soap, 1]], '11600', [{ kind: 'card', given: '11600' }])
  assert.equal((await take(van, back(theirs, [[0, 1]], '11600'))).status, 404)
  assert.equal((await van.call(`GET /pos/sales/${theirs.id}/returnable`)).status, 404)
  assert.ok(done(await van.call('GET /pos/receipts')).rows.every((one: { id: string }) => one.id !== theirs.id))
  const id = newId()
  done(
    await van.call('POST /pos/sales', {
      id,
      till: world.till,
      lines: [{ variant: soap.variant, quantity: '1000000', listPrice: soap.price }],
      total: '11600',
      tenders: [{ method: method('card'), given: '11600' }],
    }),
  )
  const { lines } = done(await van.call(`GET /pos/sales/${id}/returnable`))
  done(await take(van, back({ id, lines }, [[0, 1]], '11600')))
})

test('a sale tells of its returns to those who may read them, and to nobody else', async () => {
  const rep = server.client()
  await accept(rep, await anInvitation(owner, 'market@example.com', [{ role: 'marketer', place: world.place }]))
  const sold = await sell([[soap, 1]], '11600', [{ kind: 'card', given: '11600' }])
  done(await take(cashier, back(sold, [[0, 1]], '11600')))
  const told = async (by: Client) => (done(await by.call(`GET /pos/sales/${sold.id}`)).returns as object[]).length
  assert.deepEqual([await told(owner), await told(rep)], [1, 0])
})
