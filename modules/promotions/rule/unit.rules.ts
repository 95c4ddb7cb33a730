import { least, minor, most, shareOf, zero, type Minor, type Rate } from '#kit/money.ts'
import { extend, QTY_ONE } from '#kit/quantity.ts'
import type { PromotedLine, Rule } from './rule.rules.ts'

/**
 * Units of a line that are alike: the same price after what took from them so far. What is weighed, or priced by the hundred, is
 * one unit that is never counted. Prices stay whole minor units, so that a basket of a thousand pieces is a handful of runs.
 */
export interface Run {
  readonly line: PromotedLine
  readonly at: number
  readonly isWeighed: boolean
  readonly count: bigint
  readonly price: Minor
  /** What a rule that served it leaves at least. */
  readonly floor: Minor
  /** An exclusive rule has it. */
  readonly isServed: boolean
}

/** Some units of a run, and by which of its units they begin. */
export interface Piece {
  readonly run: Run
  readonly order: number
  readonly from: bigint
  readonly count: bigint
}
/** What each of them costs less. */
export interface Cut extends Piece {
  readonly off: Minor
}

export function runOf(line: PromotedLine, at: number): Run {
  const isWeighed = line.quantity % QTY_ONE !== 0n || line.priceUnit !== '1'
  const price = isWeighed ? extend(line.unitPrice, line.quantity, line.priceUnit) : line.unitPrice
  return { line, at, isWeighed, count: isWeighed ? 1n : line.quantity / QTY_ONE, price, floor: zero, isServed: false }
}

export const piecesOf = (runs: readonly Run[]): Piece[] => runs.map((run, order) => ({ run, order, from: 0n, count: run.count }))

export const priceOf = ({ run }: Piece): Minor => run.price
export const countOf = (pieces: readonly Piece[]): bigint => pieces.reduce((all, { count }) => all + count, 0n)
export const worthOf = (pieces: readonly Piece[]): Minor =>
  minor(pieces.reduce((all, { run, count }) => all + run.price * count, 0n))
export const benefitOf = (cuts: readonly Cut[]): Minor => minor(cuts.reduce((all, { off, count }) => all + off * count, 0n))

/** An amount for one unit as it is for a run: for all of it where it is weighed. */
const amountFor = ({ line, isWeighed }: Run, each: Minor): Minor =>
  isWeighed ? extend(each, line.quantity, line.priceUnit) : each

export const floorFor = (run: Run, { floor }: Rule): Minor => most(run.floor, floor === null ? zero : amountFor(run, floor))
/** What can be taken from a unit. */
const roomIn = ({ run }: Piece, rule: Rule): Minor => most(zero, minor(run.price - floorFor(run, rule)))

/** An amount off each unit. */
export const takeEach = (pieces: readonly Piece[], rule: Rule, each: Minor): Cut[] =>
  pieces.map((piece) => ({ ...piece, off: least(amountFor(piece.run, each), roomIn(piece, rule)) }))

/** Each unit at one price. */
export const priceEach = (pieces: readonly Piece[], rule: Rule, each: Minor): Cut[] =>
  pieces.map((piece) => ({
    ...piece,
    off: least(most(zero, minor(piece.run.price - amountFor(piece.run, each))), roomIn(piece, rule)),
  }))

/** A share of their worth, rounded once. What a floor keeps is kept: others don't pay for it. */
export const takeShare = (pieces: readonly Piece[], rule: Rule, share: Rate): Cut[] =>
  split(shareOf(worthOf(pieces), share), pieces).map((cut) => ({ ...cut, off: least(cut.off, roomIn(cut, rule)) }))

/** An amount off all of them together, by their price. What a floor keeps in one is taken from the others. */
export function takeAmount(pieces: readonly Piece[], rule: Rule, amount: Minor): Cut[] {
  const full: Cut[] = []
  let [open, rest]: [readonly Piece[], Minor] = [pieces, amount]
  for (;;) {
    const room = open.reduce((all, piece) => all + roomIn(piece, rule) * piece.count, 0n)
    const cuts = split(least(rest, minor(room)), open)
    const over = cuts.filter((cut) => cut.off > roomIn(cut, rule))
    if (over.length === 0) return [...full, ...cuts].toSorted(byUnit)
    full.push(...over.map((cut) => ({ ...cut, off: roomIn(cut, rule) })))
    rest = minor(rest - benefitOf(full.slice(-over.length)))
    open = cuts.filter((cut) => cut.off <= roomIn(cut, rule))
  }
}

export const byUnit = (a: Piece, b: Piece): number => a.order - b.order || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)

/** `spread` of the kit over units, without making one of each: by their price, largest remainder, ties to the first. */
function split(amount: Minor, pieces: readonly Piece[]): Cut[] {
  const total = worthOf(pieces)
  if (total === 0n) return pieces.map((piece) => ({ ...piece, off: zero }))
  const shares = pieces.map((piece) => ({
    piece,
    base: (amount * piece.run.price) / total,
    remainder: (amount * piece.run.price) % total,
    more: 0n,
  }))
  let rest = amount - shares.reduce((all, { base, piece }) => all + base * piece.count, 0n)
  for (const share of shares.toSorted((a, b) => (a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1))) {
    share.more = rest < share.piece.count ? rest : share.piece.count
    rest -= share.more
  }
  return shares.flatMap(({ piece, base, more }) =>
    [
      { ...piece, count: more, off: minor(base + 1n) },
      { ...piece, from: piece.from + more, count: piece.count - more, off: minor(base) },
    ].filter(({ count }) => count > 0n),
  )
}

/** The first so many units of pieces, and what is left of them. */
export function takeFirst(pieces: readonly Piece[], wanted: bigint): { taken: Piece[]; left: Piece[] } {
  const [taken, left]: [Piece[], Piece[]] = [[], []]
  let rest = wanted
  for (const piece of pieces) {
    const count = piece.count < rest ? piece.count : rest
    rest -= count
    if (count > 0n) taken.push({ ...piece, count })
    if (count < piece.count) left.push({ ...piece, from: piece.from + count, count: piece.count - count })
  }
  return { taken, left }
}

export const dearestFirst = (pieces: readonly Piece[]): Piece[] =>
  pieces.toSorted((a, b) => (a.run.price > b.run.price ? -1 : a.run.price < b.run.price ? 1 : byUnit(a, b)))
export const cheapestFirst = (pieces: readonly Piece[]): Piece[] =>
  pieces.toSorted((a, b) => (a.run.price < b.run.price ? -1 : a.run.price > b.run.price ? 1 : byUnit(a, b)))

/** The runs of a line after some of their units cost less. */
export function cutRuns(runs: readonly Run[], cuts: readonly Cut[], rule: Rule): Run[] {
  return runs.flatMap((run) => {
    const parts: Run[] = []
    let next = 0n
    for (const cut of cuts.filter((one) => one.run === run).toSorted(byUnit)) {
      if (cut.from > next) parts.push({ ...run, count: cut.from - next })
      parts.push({
        ...run,
        count: cut.count,
        price: minor(run.price - cut.off),
        floor: floorFor(run, rule),
        isServed: run.isServed || rule.isExclusive,
      })
      next = cut.from + cut.count
    }
    if (next < run.count) parts.push({ ...run, count: run.count - next })
    return parts
  })
}
