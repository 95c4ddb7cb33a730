import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newId } from '#kit/id.ts'
import { minor, sum, type Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import { checkStock } from '#modules/inventory/stock/stock.queries.ts'
import { checkLedger } from '#modules/ledger/entry/entry.queries.ts'
import { coinsOf } from '#modules/payments/method/settle.rules.ts'
import { backOf, nothingGone, type Gone, type SoldAmounts } from '#modules/returns/return/return.rules.ts'
import { aCompany } from '#test/harness.ts'
import { completeSale } from '../checkout/checkout.commands.ts'
import { anOpenTill, aProduct } from '../sale/sale.factory.ts'
import { reportOf } from '../shift/shift.store.ts'
import { takeReturn } from './back.commands.ts'
import { showReturnable } from './back.queries.ts'
import { givesBack, settleBack, type BackDraft } from './back.rules.ts'
import { voidSale } from './void.commands.ts'

/** Whatever is sold, brought back in parts, exchanged or struck out, in whatever order: the rules say what a slow count says. */
const COINS = coinsOf('KES')
const ORDER = ['card', 'mobile', 'bank', 'credit', 'cash'] as const
type Kind = (typeof ORDER)[number]

/** A share, counted up one minor unit at a time: the nearest whole, the half upwards. */
function slowShare(whole: bigint, part: bigint, of: bigint): bigint {
  let share = 0n
  while ((share + 1n) * 2n * of <= whole * part * 2n + of) share++
  return share
}

/** Who gets it back, one minor unit at a time: the first way that can be traced and has any left. Cash is counted in coins. */
function slowRefund(due: bigint, took: readonly { kind: Kind; left: bigint }[]) {
  const given = took.map(() => 0n)
  let rest = due > 0n ? due : 0n
  const sorted = took.map((one, index) => ({ ...one, index })).toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  for (const way of sorted.filter((one) => one.kind !== 'cash'))
    while (rest > 0n && given[way.index]! < way.left) {
      given[way.index]!++
      rest--
    }
  const cash = sorted.filter((one) => one.kind === 'cash')
  const lies = cash.reduce((all, one) => all + one.left, 0n)
  // The coins that come nearest to what is left, from half a coin on the next one.
  let nearest = 0n
  while ((nearest + COINS.step) * 2n <= rest * 2n + COINS.step) nearest += COINS.step
  // All that was paid in cash goes back as it is; a part of it in coins, and never more than lies there.
  let coins = rest >= lies || nearest > lies ? lies : nearest
  for (const way of cash)
    while (coins > 0n && given[way.index]! < way.left) {
      given[way.index]!++
      coins--
    }
  // What the sale was rounded down by is owed to nobody; a coin more than was paid is.
  return { given, rest: rest > lies && nearest > lies ? rest - lies : 0n }
}

const soldLine = fc.record({
  quantity: fc.bigInt(1n, 6n),
  total: fc.bigInt(0n, 400n),
  tax: fc.bigInt(0n, 100n),
  cost: fc.bigInt(0n, 90n),
})
const act = fc.record({ line: fc.nat(3), units: fc.bigInt(1n, 6n), bought: fc.option(fc.bigInt(0n, 900n), { nil: null }) })
const sequence = fc.record({
  lines: fc.array(soldLine, { minLength: 1, maxLength: 3 }),
  splits: fc.array(fc.record({ kind: fc.constantFrom(...ORDER), share: fc.bigInt(1n, 5n) }), { minLength: 1, maxLength: 3 }),
  acts: fc.array(act, { maxLength: 8 }),
})

test('20,000 sequences of sales and what came back of them: the rules say what a slow count says', () => {
  fc.assert(
    fc.property(sequence, ({ lines, splits, acts }) => {
      const sold = lines.map(({ quantity, total, tax, cost }): SoldAmounts => {
        const ofIt = tax < total ? tax : total
        return { quantity: quantity as Qty, net: minor(total - ofIt), tax: minor(ofIt), discount: minor(0), cost: minor(cost) }
      })
      const gone: Gone[] = sold.map(() => nothingGone)
      const total = sold.reduce((all, one) => all + one.net + one.tax, 0n)
      const shares = splits.reduce((all, one) => all + one.share, 0n)
      let left = total
      const took = splits.map(({ kind, share }, index) => {
        const amount = index === splits.length - 1 ? left : (total * share) / shares
        left -= amount
        return { tender: String(index), method: String(index), kind, left: amount }
      })
      let [owed, given] = [0n, 0n]
      for (const { line, units, bought } of acts) {
        const index = line % sold.length
        const [one, before] = [sold[index]!, gone[index]!]
        const open = one.quantity - before.gone
        const count = units < open ? units : open
        if (count === 0n) continue
        const back = backOf(one, before, count as Qty)
        const until = before.gone + count
        const slow = (whole: bigint, was: bigint) => slowShare(whole, until, one.quantity) - was
        assert.equal(back.total, slow(one.net + one.tax, before.total))
        assert.equal(back.tax, slow(one.tax, before.tax))
        assert.equal(back.cost, slow(one.cost, before.cost))
        const json = {
          id: '',
          quantity: String(one.quantity),
          net: String(one.net),
          tax: String(one.tax),
          discount: '0',
          before: { gone: String(before.gone), total: String(before.total), tax: String(before.tax), discount: '0' },
        }
        assert.equal(givesBack(json, count), back.total, 'the till says what the server says')
        gone[index] = {
          gone: until as Qty,
          total: minor(before.total + back.total),
          tax: minor(before.tax + back.tax),
          discount: minor(0),
          cost: minor(before.cost + back.cost),
        }
        owed += back.total
        const due = owed - given
        const draft: Pick<BackDraft, 'due' | 'took'> = {
          due: String(due),
          took: took.map((way) => ({ ...way, left: String(way.left) })),
        }
        const { exchanged, plan, total: settled } = settleBack(draft, (bought ?? 0n) as Minor, COINS)
        assert.equal(exchanged, due <= 0n ? 0n : due < (bought ?? 0n) ? due : (bought ?? 0n))
        const expected = slowRefund(due - exchanged, took)
        const paid = took.map((way) =>
          plan.parts.filter((part) => part.tender === way.tender).reduce((all, part) => all + part.amount, 0n),
        )
        assert.deepEqual([paid, plan.rest], [expected.given, expected.rest])
        assert.equal(settled, exchanged + paid.reduce((all, amount) => all + amount, 0n))
        for (const [at, amount] of paid.entries()) took[at]!.left -= amount
        assert.ok(took.every((way) => way.left >= 0n))
        given += settled
      }
      for (const [index, one] of sold.entries())
        if (gone[index]!.gone === one.quantity) assert.equal(gone[index]!.total, one.net + one.tax)
    }),
    { numRuns: 20_000, seed: 20_261_203 },
  )
})

test('300 sequences at a real till: books, shelves and the drawer agree at the end', async () => {
  const world = await aCompany()
  const { db } = world.database
  const shift = await anOpenTill(world)
  const goods = [
    await aProduct(world, 'Soap', 11_633n, 5_000, 4_001n),
    await aProduct(world, 'Tea', 4_999n, 5_000, 1_777n, { taxed: false }),
  ]
  const methods = await db.selectFrom('paymentMethod').select(['id', 'kind']).execute()
  const method = (kind: string) => methods.find((one) => one.kind === kind)!.id
  let [moved, sales, returns] = [0n, 0, 0]
  const sell = async (counts: readonly bigint[], card: bigint, back?: object) => {
    const id = newId()
    const lines = goods.flatMap(({ variant, price: listPrice }, index) =>
      counts[index]! > 0n ? [{ variant, quantity: String(counts[index]! * 1_000_000n), listPrice }] : [],
    )
    const total = goods.reduce((all, one, index) => all + BigInt(one.price) * counts[index]!, 0n)
    const byCard = (total * card) / 4n
    const tenders = [
      ...(byCard > 0n ? [{ method: method('card'), given: String(byCard) }] : []),
      { method: method('cash'), given: '1000000' },
    ]
    const done = await completeSale(world.ctx(), { id, till: world.till, lines, total: String(total), tenders, ...back } as never)
    sales++
    return { id, total, done }
  }
  const step = fc.record({ line: fc.nat(1), bought: fc.option(fc.bigInt(1n, 2n), { nil: null }) })
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        counts: fc.tuple(fc.bigInt(1n, 3n), fc.bigInt(0n, 3n)),
        card: fc.bigInt(0n, 4n),
        isVoid: fc.boolean(),
        steps: fc.array(step, { maxLength: 3 }),
      }),
      async ({ counts, card, isVoid, steps }) => {
        const { id: sale } = await sell(counts, card)
        for (let index = 0; index < goods.length; index++) moved -= counts[index]!
        for (const { line, bought } of steps) {
          const of = await showReturnable(world.ctx(), { id: sale })
          const one = of.lines[line % of.lines.length]!
          if (one.before.gone >= one.quantity) continue
          const json = JSON.parse(JSON.stringify(one, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
          const due = BigInt(of.owed) - BigInt(of.given) + givesBack(json, 1_000_000n)
          const spent = bought ? BigInt(goods[1]!.price) * bought : 0n
          const { total } = settleBack(
            { due: String(due), took: of.took.map((way) => ({ ...way, left: String(way.left) })) },
            minor(spent),
            COINS,
          )
          const back = {
            id: newId(),
            sale,
            lines: [{ line: one.id, quantity: '1000000' }],
            reason: 'unwanted',
            due: String(total),
          }
          if (bought) await sell([0n, bought], 0n, { back })
          else await takeReturn(world.ctx(), { till: world.till, ...back } as never)
          returns++
          moved += 1n - (bought ?? 0n)
        }
        if (isVoid && steps.length === 0) {
          await voidSale(world.ctx(), { id: sale, reason: 'Mistake' })
          moved += sum(counts as unknown as Minor[])
        }
      },
    ),
    { numRuns: 300, seed: 20_261_203 },
  )
  assert.ok(sales > 300 && returns > 150, `${sales} sales, ${returns} returns`)
  assert.deepEqual((await checkLedger(world.ctx(), {})).differences, [])
  assert.deepEqual((await checkStock(world.ctx(), {})).differences, [])
  const { rows } = await world.database.pool.query<{ drawer: string; clearing: string; shelf: string }>(`
    select (select sum(l.amount) from ledger_line l join pos_till t on t.drawer = l.account)::text as drawer,
      (select coalesce(sum(l.amount), 0) from ledger_line l join ledger_account a on a.id = l.account where a.part = 'exchanges')::text as clearing,
      (select sum(on_hand) / 1000000 from inventory_balance b join inventory_location l on l.id = b.location where l.holds = 'goods')::bigint::text as shelf`)
  assert.deepEqual(rows[0], {
    drawer: String((await reportOf(db, shift)).expected),
    clearing: '0',
    shelf: String(10_000n + moved),
  })
})
