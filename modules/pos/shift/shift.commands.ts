import { z } from 'zod'
import { reaches, reachOf } from '#kit/access.ts'
import { minor, type Minor } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import { command, onConstraint, Refused } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { nextNumber } from '#kit/server/door/series.ts'
import { businessDay } from '#kit/time.ts'
import { general, type ChartAccount } from '#modules/ledger/account/chart.ts'
import { accountFor, lockMoney, post } from '#modules/ledger/index.ts'
import { loadMethods } from '#modules/payments/index.ts'
import { PaymentProblem } from '#modules/payments/method/method.ts'
import { theCompany } from '#modules/places/index.ts'
import { parkedAt } from '../parked/parked.store.ts'
import { loadAnyTill, loadTill } from '../till/till.store.ts'
import {
  cashMoveInput,
  closeInput,
  openInput,
  cashMoved,
  shift,
  shiftLife,
  shiftOpened,
  ShiftProblem,
  shiftTakenOver,
  tillClosed,
  othersCash,
  takeOver,
  type MethodCount,
} from './shift.ts'
import { drawers } from './shift.chart.ts'
import { reportOf, shifts, type ShiftReport } from './shift.store.ts'
import { step } from '#kit/server/door/step.ts'

onConstraint('pos_shift_one_open', () => ShiftProblem.alreadyOpen())
onConstraint('pos_shift_open_then', () => ShiftProblem.openThen())

/**
 * Opens a till: its float moves from the safe into the drawer, or the owner brings it. The shift's business day is fixed
 * here, and the shift is in the care of whoever opens it.
 */
export const openShift = command({
  name: 'pos.openShift',
  can: 'pos.shift.open',
  input: openInput,
  async run(tx, input) {
    refuseOtherSum(input.float, input.denominations)
    const till = await loadTill(tx, 'pos.shift.open', input.till)
    const day = businessDay(tx.now, till)
    const source = await floatSource(tx, input)
    const number = await nextNumber(tx, shifts, till.id, { day, code: till.code })
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
        heldBy: tx.actor.id!,
        float: input.float,
        floatFrom: source,
      })
      .execute()
    await moveCash(tx, { ...till, shift: input.id, number, day }, input.float, general[source], 'float')
    tx.about('pos_shift', input.id, till.place)
    tx.changed({
      table: 'pos_shift',
      record: input.id,
      before: null,
      after: { number, state: 'open', float: input.float, floatFrom: source },
    })
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
    if (input.kind === 'in') await refuseBeyondSafe(tx, input.amount)
    else {
      await agreeToOthersCash(tx, open, input)
      const refused = await refuseBeyondDrawer(tx, open, input.amount)
      if (refused) return refused
    }
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
      input.kind === 'out' ? drawers.pettyCash : general.safe,
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

/** Whoever holds the drawer answers for what is missing in it; who only sells along takes nothing out of it alone. */
async function agreeToOthersCash(tx: Tx, open: OpenShift, { amount, reason }: { amount: Minor; reason: string }): Promise<void> {
  if (open.heldBy === tx.actor.id || mayForOthers(tx, open.place)) return
  const facts = { number: open.number, heldBy: await holderOf(tx, open), value: amount, reason }
  await secondPerson(tx, othersCash, { place: open.place, facts })
}

/**
 * How much the drawer should hold is not to be found out by asking for more and more of it: who counts blind is refused a
 * few times in a shift, and then asks somebody who may see it.
 */
async function refuseBeyondDrawer(tx: Tx, open: OpenShift, amount: Minor): Promise<Refused | undefined> {
  const reach = reachOf(tx.actor, 'pos.shift.count')
  const isBlind = !reach || !reaches(reach, open.place)
  if (isBlind && open.refusals >= REFUSALS) throw ShiftProblem.askCounter()
  if ((await reportOf(tx.db, open.id)).expected >= amount) return undefined
  if (!isBlind) throw ShiftProblem.tooMuch()
  // The refusal is counted, so it is no roll-back.
  await tx.db
    .updateTable('posShift')
    .set({ refusals: open.refusals + 1 })
    .where('id', '=', open.id)
    .execute()
  return new Refused(ShiftProblem.tooMuch())
}
const REFUSALS = 3

async function refuseBeyondSafe(tx: Tx, amount: Minor): Promise<void> {
  const left = await lockMoney(tx, await accountFor(tx, general.safe))
  if (left >= amount) return
  // All stores have one safe: what it holds is told to those who read the books of all of them.
  if (!reachOf(tx.actor, 'ledger.account.read')?.all) throw ShiftProblem.safeShort()
  throw ShiftProblem.safeTooSmall({ left, currency: (await theCompany(tx.db)).currency })
}

/** Where the float comes from: as it was said, or the safe as long as that has so much. */
async function floatSource(tx: Tx, { float, source }: { float: Minor; source?: 'safe' | 'capital' | undefined }) {
  if (source === 'capital') return source
  if (source === 'safe') await refuseBeyondSafe(tx, float)
  return source ?? ((await lockMoney(tx, await accountFor(tx, general.safe))) >= float ? 'safe' : 'capital')
}

/**
 * Takes a colleague's open drawer over: from now on it is in one's own care, and the trail says since when. Who may not
 * close for others needs somebody who may.
 */
export const takeOverShift = command({
  name: 'pos.takeOverShift',
  can: 'pos.shift.open',
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const open = await lockOpen(tx, id)
    if (open.heldBy === tx.actor.id) return { id }
    if (!mayForOthers(tx, open.place)) {
      await secondPerson(tx, takeOver, { place: open.place, facts: { number: open.number, heldBy: await holderOf(tx, open) } })
    }
    await tx.db.updateTable('posShift').set({ heldBy: tx.actor.id! }).where('id', '=', id).execute()
    tx.about('pos_shift', id, open.place)
    tx.changed({ table: 'pos_shift', record: id, before: { heldBy: open.heldBy }, after: { heldBy: tx.actor.id } })
    tx.emit(shiftTakenOver, { shift: id, till: open.till, place: open.place })
    return { id }
  },
})

const holderOf = async (tx: Tx, { heldBy }: OpenShift): Promise<string> =>
  (await tx.db.selectFrom('accessUserName').select('name').where('id', '=', heldBy).executeTakeFirst())?.name ?? ''

const mayForOthers = (tx: Tx, place: string): boolean => {
  const reach = reachOf(tx.actor, 'pos.shift.others')
  return reach !== undefined && reaches(reach, place)
}

/**
 * Closes a till with a blind count: what was counted goes to the safe, the difference to over or short, and the drawer's
 * account is empty again. The report is kept as it was at that moment.
 */
export const closeShift = command({
  name: 'pos.closeShift',
  can: shiftLife.steps.close.can,
  takes: ['pos.shift:close'],
  input: closeInput,
  async run(tx, input) {
    refuseOtherSum(input.counted, input.denominations)
    const open = await lockOpen(tx, input.id)
    if (open.heldBy !== tx.actor.id && !mayForOthers(tx, open.place))
      throw ShiftProblem.notYours({ name: await holderOf(tx, open) })
    const parked = input.leaveParked ? [] : await parkedAt(tx.db, open.till)
    if (parked.length > 0) throw ShiftProblem.leavesParked({ names: parked.join(', ') })
    const report = await reportOf(tx.db, open.id)
    const counts = await countsOf(tx, report, input.counts ?? [])
    const till = await loadAnyTill(tx, 'pos.shift.open', open.till)
    const variance = minor(input.counted - report.expected)
    await step(
      tx,
      shift,
      open,
      'close',
      {
        closedAt: tx.now,
        closedBy: tx.actor.id,
        expected: report.expected,
        counted: input.counted,
        variance,
        denominations: input.denominations ?? null,
        counts: counts.length > 0 ? counts : null,
        report,
        note: input.note ?? null,
      },
      { facts: { shift: open.id, till: open.till, place: open.place } },
    )
    const part = variance < 0n ? drawers.cashShort : drawers.cashOver
    post(tx, {
      businessDay: open.businessDay,
      place: open.place,
      documentKind: tillClosed.name,
      document: open.id,
      number: open.number,
      source: till.id,
      lines: [
        { account: await accountFor(tx, general.safe), amount: input.counted },
        { account: till.drawer, amount: minor(-report.expected) },
        { account: await accountFor(tx, part), amount: minor(-variance) },
      ],
    })
    return { id: open.id, expected: report.expected, counted: input.counted, variance, counts }
  },
})

/** What the slips and messages of the other ways to pay add up to, against what was taken by them. Cash is in the drawer. */
async function countsOf(
  tx: Tx,
  report: ShiftReport,
  counted: readonly { method: string; counted: Minor }[],
): Promise<MethodCount[]> {
  if (counted.length === 0) return []
  const methods = await loadMethods(tx.db)
  const seen = new Set<string>()
  return counted.map((one) => {
    const taken = report.methods.find((row) => row.method === one.method)
    const method = taken ?? methods.find((row) => row.id === one.method)
    if (!method || method.kind === 'cash' || seen.has(one.method)) throw PaymentProblem.unknownMethod()
    seen.add(one.method)
    const expected = minor((taken?.amount ?? 0n) - (taken?.refunded ?? 0n))
    return { ...one, name: method.name, expected, variance: minor(one.counted - expected) }
  })
}

interface OpenShift {
  readonly id: string
  readonly number: string
  readonly till: string
  readonly place: string
  readonly businessDay: string
  readonly state: string
  readonly heldBy: string
  readonly refusals: number
}

async function lockOpen(tx: Tx, id: string): Promise<OpenShift> {
  const row = await tx.db
    .selectFrom('posShift')
    .select(['id', 'number', 'till', 'place', 'businessDay', 'state', 'heldBy', 'refusals'])
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
  against: ChartAccount,
  memo: string,
): Promise<void> {
  post(tx, {
    businessDay: till.day,
    place: till.place,
    documentKind: cashMoved.name,
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
