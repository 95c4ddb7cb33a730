/** Chance that comes out the same every time: a small generator (mulberry32) with the draws that the demo needs. */
export interface Random {
  /** [0, 1) */
  next(): number
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number
  pick<T>(from: readonly T[]): T
  /** One of them, the earlier the likelier: a few things sell most. */
  popular<T>(from: readonly T[]): T
  chance(of: number): boolean
}

export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    popular: (from) => from[Math.floor(next() ** 2.2 * from.length)]!,
    chance: (of) => next() < of,
  }
}
