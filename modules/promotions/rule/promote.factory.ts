import { minor } from '#kit/money.ts'
import { units, type Qty } from '#kit/quantity.ts'
import type { Moment, PromotedLine, Rule } from './rule.rules.ts'

export const NAIROBI = { timeZone: 'Africa/Nairobi', cutOffHour: 4 }

export const aLine = (key: string, price: bigint, more: Partial<PromotedLine> = {}): PromotedLine => ({
  key,
  variant: `v-${key}`,
  product: `p-${key}`,
  categories: ['all'],
  quantity: units(1) as Qty,
  unitPrice: minor(price),
  priceUnit: '1',
  isPriceSet: false,
  addedAt: Temporal.Instant.from('2026-12-01T12:00:00Z'),
  ...more,
})

export const aRule = (id: string, kind: Rule['kind'], more: Partial<Rule> = {}): Rule => ({
  id,
  version: 1,
  kind,
  priority: 0,
  isExclusive: true,
  targets: [],
  gets: [],
  buys: 2n,
  gives: 1n,
  rate: null,
  amount: null,
  atLeast: null,
  groups: [],
  places: [],
  from: null,
  to: null,
  weekdays: [],
  hourFrom: null,
  hourTo: null,
  isByCoupon: false,
  word: null,
  floor: null,
  ...more,
})

export const aMoment = (more: Partial<Moment> = {}): Moment => ({
  ...NAIROBI,
  place: 'here',
  customerGroup: null,
  customer: null,
  coupons: [],
  ...more,
})
