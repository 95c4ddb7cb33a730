import { minor, type Rate } from '#kit/money.ts'
import { units } from '#kit/quantity.ts'
import type { Figure } from '#bench/lib.ts'
import { aLine, aMoment, aRule } from './promote.factory.ts'
import { promote } from './promote.rules.ts'
import { indexRules, promotionKinds, type Rule } from './rule.rules.ts'

const ALL = 10_000
const MATCHING = 20
const ROUNDS = 2_000
const TIMES = 5

/** A basket of ten lines for which twenty rules hold, among ten thousand and alone. */
export async function bench(): Promise<Figure[]> {
  const matching = Array.from({ length: MATCHING }, (_, at) => ruleFor(at, `p-${at % 10}`))
  const others = Array.from({ length: ALL - MATCHING }, (_, at) => ruleFor(MATCHING + at, `q-${at % 5_000}`))
  const lines = Array.from({ length: 10 }, (_, at) => aLine(`${at}`, 10_000n + BigInt(at), { quantity: units(4) }))
  const few = indexRules(matching)
  const many = indexRules([...matching, ...others])
  const moment = aMoment()
  const time = (index: typeof few) => {
    const start = performance.now()
    for (let round = 0; round < ROUNDS; round++) promote(lines, index, moment)
    return (performance.now() - start) / ROUNDS
  }
  if (promote(lines, few, moment).benefit !== promote(lines, many, moment).benefit) throw new Error('Others took part')
  // In turns, so that what warms one up warms the other; the best of each, because others work on the machine as well.
  const times = Array.from({ length: TIMES }, () => [time(few), time(many)] as const)
  const [alone, among] = [Math.min(...times.map(([one]) => one)), Math.min(...times.map(([, one]) => one))]
  return [
    {
      what: `promotions: ${ALL.toLocaleString('en')} rules of which ${MATCHING} match, against those ${MATCHING}`,
      value: among / alone,
      unit: 'times',
      promise: '≤ 2 times',
      kept: among / alone <= 2,
      note: `${(among * 1000).toFixed(0)} µs a basket of 10 lines`,
    },
  ]
}

function ruleFor(at: number, product: string): Rule {
  const kind = promotionKinds[at % promotionKinds.length]!
  const byRate = kind === 'percentage' || kind === 'buyGet' || kind === 'spend'
  return aRule(`rule ${at}`, kind, {
    priority: at % 3,
    targets: [{ id: product, count: 1n }],
    isExclusive: at % 2 === 0,
    rate: byRate ? (100_000n as Rate) : null,
    amount: byRate ? null : minor(9_000n),
    atLeast: kind === 'spend' ? minor(20_000n) : null,
  })
}
