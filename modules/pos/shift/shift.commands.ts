import { minor, type Minor } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command, onConstraint } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { nextNumber } from '#kit/server/series.ts'
import { businessDay } from '#kit/time.ts'
import { accountFor, post } from '#modules/ledger/index.ts'
import { loadAnyTill, loadTill } from '../till/till.store.ts'
import { cashMoveInput, closeInput, openInput, shiftClosed, shiftOpened, ShiftProblem } from './shift.ts'
import { reportOf } from './shift.store.ts'

onConstraint('pos_shift_one_open', () => ShiftProblem.alreadyOpen())

/** Opens a till: its float moves from the safe into the drawer. The shift's business day is fixed here. */
export const openShift = command({
  name: 'pos.openShift',
  can: 'pos.shift.open',
  input: openInput,
  async run(tx, input) {
    refuseOtherSum(input.float, input.denominations)
    const till = await loadTill(tx, 'pos.shift.open', input.till)
    const day = businessDay(tx.now, till)
    const number = await nextNumber(tx, 'shift', till.id, { day, code: till.code })
    await tx.db
      .insertInto('posShift')
      .values({
        id: input.id,
        number,
        till: till.id,
        place: till.place,
        businessDay: day,
        openedAt: tx.now,
        openedBy: tx.actor.id!,
        float: input.float,
      })
      .execute()
    await moveCash(tx, { ...till, shift: input.id, number, day }, input.float, 'safe', 'float')
    tx.about('pos_shift', input.id, till.place)
    tx.changed({ table: 'pos_shift', record: input.id, before: null, after: { number, state: 'open', float: input.float } })
    tx.emit(shiftOpened, { shift: input.id, till: till.id, place: till.place })
    return { id: input.id, number, businessDay: day }
  },
})

/** Cash goes in from the safe, out for a small expense, or is dropped into the safe; always with a reason. */
export const moveDrawerCash = command({
  name: 'pos.moveCash',
  can: 'pos.shift.open',
  input: cashMoveInput,
  async run(tx, input) {
    const open = await lockOpen(tx, input.id)
    if (input.kind !== 'in' && (await reportOf(tx.db, open.id)).expected < input.amount) throw ShiftProblem.tooMuch()
    await tx.db
      .insertInto('posCashMove')
      .values({
        id: input.move,
        shift: open.id,
        kind: input.kind,
        amount: input.amount,
        reason: input.reason,
        at: tx.now,
        movedBy: tx.actor.id!,
      })
      .execute()
    const till = await loadTill(tx, 'pos.shift.open', open.till)
    const amount = input.kind === 'in' ? input.amount : minor(-input.amount)
    await moveCash(
      tx,
      { ...till, shift: input.move, number: open.number, day: open.businessDay },
      amount,
      input.kind === 'out' ? 'pettyCash' : 'safe',
      input.reason,
    )
    tx.about('pos_shift', open.id, open.place)
    tx.changed({
      table: 'pos_shift',
      record: open.id,
      before: null,
      after: { cash: input.kind, amount: input.amount, reason: input.reason },
    })
    return { id: input.move }
  },
})

/**
 * Closes a till with a blind count: what was counted goes to the safe, the difference to over or short, and the drawer's
 * account is empty again. The report is kept as it was at that moment.
 */
export const closeShift = command({
  name: 'pos.closeShift',
  can: 'pos.shift.open',
  input: closeInput,
  async run(tx, input) {
    refuseOtherSum(input.counted, input.denominations)
    const open = await lockOpen(tx, input.id)
    const report = await reportOf(tx.db, open.id)
    const till = await loadAnyTill(tx, 'pos.shift.open', open.till)
    const variance = minor(input.counted - report.expected)
    await tx.db
      .updateTable('posShift')
      .set({
        state: 'closed',
        closedAt: tx.now,
        closedBy: tx.actor.id,
        expected: report.expected,
        counted: input.counted,
        variance,
        denominations: input.denominations ? JSON.stringify(input.denominations) : null,
        report: JSON.stringify(report),
        note: input.note ?? null,
      })
      .where('id', '=', open.id)
      .execute()
    const part = variance < 0n ? 'cashShort' : 'cashOver'
    post(tx, {
      businessDay: open.businessDay,
      place: open.place,
      documentKind: 'pos.shift',
      document: open.id,
      number: open.number,
      source: till.id,
      lines: [
        { account: await accountFor(tx, 'safe'), amount: input.counted },
        { account: till.drawer, amount: minor(-report.expected) },
        { account: await accountFor(tx, part), amount: minor(-variance) },
      ],
    })
    tx.about('pos_shift', open.id, open.place)
    tx.changed({
      table: 'pos_shift',
      record: open.id,
      before: { state: 'open' },
      after: { state: 'closed', counted: input.counted, expected: report.expected, variance },
    })
    tx.emit(shiftClosed, { shift: open.id, till: till.id, place: open.place })
    return { id: open.id, expected: report.expected, counted: input.counted, variance }
  },
})

async function lockOpen(tx: Tx, id: string) {
  const row = await tx.db
    .selectFrom('posShift')
    .select(['id', 'number', 'till', 'place', 'businessDay', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw CommonProblem.notFound()
  tx.mayAt('pos.shift.open', row.place)
  if (row.state !== 'open') throw ShiftProblem.notOpen()
  return row
}

async function moveCash(
  tx: Tx,
  till: { id: string; drawer: string; place: string; shift: string; number: string; day: string },
  amount: Minor,
  against: 'safe' | 'pettyCash',
  memo: string,
): Promise<void> {
  post(tx, {
    businessDay: till.day,
    place: till.place,
    documentKind: 'pos.cash',
    document: till.shift,
    number: till.number,
    memo,
    source: till.id,
    lines: [
      { account: till.drawer, amount },
      { account: await accountFor(tx, against), amount: minor(-amount) },
    ],
  })
}

function refuseOtherSum(total: Minor, denominations: Record<string, number> | undefined): void {
  if (!denominations) return
  const counted = Object.entries(denominations).reduce((all, [value, count]) => all + BigInt(value) * BigInt(count), 0n)
  if (counted !== total) throw ShiftProblem.countDiffers()
}
