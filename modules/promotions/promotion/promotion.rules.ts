import { readTime } from '#kit/day.ts'
import type { Minor, Rate } from '#kit/money.ts'
import type { Problem } from '#kit/problem.ts'
import { PromotionProblem } from './promotion.ts'
import { codeOf, type PromotionKind } from '../rule/rule.rules.ts'

/** A promotion as somebody writes it. */
export interface Draft {
  readonly kind: PromotionKind
  readonly buys: number | null
  readonly gives: number | null
  readonly rate: Rate | null
  readonly amount: Minor | null
  readonly atLeast: Minor | null
  readonly floor: Minor | null
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly hourFrom: string | null
  readonly hourTo: string | null
  readonly coupons: 'none' | 'word' | 'codes'
  readonly word: string | null
}
export interface DraftLine {
  readonly role: 'buy' | 'get'
  readonly category: string | null
  readonly product: string | null
  readonly variant: string | null
  readonly count: number
}

/** Which figures a kind needs; the form asks for these and no others. */
export const figuresOf: Readonly<Record<PromotionKind, readonly ('buys' | 'gives' | 'rate' | 'amount' | 'atLeast')[]>> = {
  percentage: ['rate'],
  amount: ['amount'],
  fixedPrice: ['amount'],
  buyGet: ['buys', 'gives', 'rate'],
  anyFor: ['buys', 'amount'],
  bundle: ['amount'],
  spend: ['atLeast', 'rate', 'amount'],
}

/** Why a promotion can never apply; nothing where it can. What only the database knows is judged there. */
export function whyNever(draft: Draft, lines: readonly DraftLine[], today: string): Problem | null {
  return whyNoValue(draft) ?? whyNoTarget(draft, lines) ?? whyNotThen(draft, today) ?? whyNoCoupon(draft)
}

function whyNoValue({ kind, rate, amount, atLeast, buys, gives }: Draft): Problem | null {
  const [hasRate, hasAmount] = [rate !== null && rate > 0n, amount !== null && amount > 0n]
  switch (kind) {
    case 'percentage':
      return hasRate ? null : PromotionProblem.noShare()
    case 'amount':
    case 'fixedPrice':
    case 'bundle':
      return hasAmount ? null : PromotionProblem.noAmount()
    case 'buyGet':
      return buys && gives ? (hasRate ? null : PromotionProblem.noShare()) : PromotionProblem.noCounts()
    case 'anyFor':
      return !buys || buys < 2 ? PromotionProblem.oneIsNoGroup() : hasAmount ? null : PromotionProblem.noAmount()
    case 'spend':
      return atLeast === null ? PromotionProblem.noSpend() : hasRate === hasAmount ? PromotionProblem.shareOrAmount() : null
  }
}

function whyNoTarget({ kind, amount, floor }: Draft, lines: readonly DraftLine[]): Problem | null {
  const named = lines.map(({ role, category, product, variant }) => [role, category, product, variant])
  if (named.some(([, ...one]) => one.filter(Boolean).length !== 1)) return PromotionProblem.noTarget()
  if (new Set(named.map((one) => one.join())).size !== named.length) return PromotionProblem.twice()
  if (kind === 'bundle' && lines.reduce((all, { count }) => all + count, 0) < 2) return PromotionProblem.noBundle()
  return kind === 'fixedPrice' && floor !== null && amount !== null && floor > amount ? PromotionProblem.floorTooHigh() : null
}

function whyNotThen({ validFrom, validTo, hourFrom, hourTo }: Draft, today: string): Problem | null {
  if (validFrom !== null && validTo !== null && validTo < validFrom) return PromotionProblem.badPeriod()
  if (validTo !== null && validTo < today) return PromotionProblem.over()
  for (const text of [hourFrom, hourTo])
    if (text !== null && readTime(text) === undefined) return PromotionProblem.noHour({ text })
  const isEmpty = (hourFrom === null) !== (hourTo === null) || (hourFrom !== null && readTime(hourFrom) === readTime(hourTo!))
  return isEmpty ? PromotionProblem.emptyHours() : null
}

const whyNoCoupon = ({ coupons, word }: Draft): Problem | null =>
  coupons === 'word' && (word === null || codeOf(word) === '') ? PromotionProblem.noWord() : null

/** As it is kept: what its kind does not need is empty, times and words are written in one way. */
export function tidy(draft: Draft): Partial<Draft> {
  const figures = ['buys', 'gives', 'rate', 'amount', 'atLeast'] as const
  const needed = figuresOf[draft.kind]
  return {
    ...Object.fromEntries(figures.filter((name) => !needed.includes(name)).map((name) => [name, null])),
    hourFrom: draft.hourFrom === null ? null : (readTime(draft.hourFrom) ?? null),
    hourTo: draft.hourTo === null ? null : (readTime(draft.hourTo) ?? null),
    word: draft.coupons === 'word' && draft.word !== null ? codeOf(draft.word) : null,
  }
}
