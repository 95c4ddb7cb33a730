import { document } from '#kit/document.ts'
import {
  day,
  fixed,
  flag,
  instant,
  integer,
  longText,
  money,
  oneOf,
  optional,
  rateField,
  readonly,
  ref,
  text,
  texts,
  uid,
} from '#kit/entity.ts'
import { machine, PROGRAM } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'
import { promotionKinds } from '../rule/rule.rules.ts'

const EDIT = 'promotions.promotion.edit'
/** A draft until somebody lets it go; its days begin and end it by themselves. */
export const promotionLife = machine('draft', {
  schedule: { from: ['draft'], to: 'scheduled', can: EDIT },
  begin: { from: ['draft'], to: 'running', can: EDIT },
  start: { from: ['scheduled'], to: 'running', can: PROGRAM },
  pause: { from: ['running'], to: 'paused', can: EDIT },
  resume: { from: ['paused'], to: 'running', can: EDIT },
  end: { from: ['scheduled', 'running', 'paused'], to: 'ended', can: EDIT },
  finish: { from: ['scheduled', 'running', 'paused'], to: 'ended', can: PROGRAM },
})

export const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
/** Without one, by one word for all, or by codes of which each is used once. */
export const couponWays = ['none', 'word', 'codes'] as const

/** What takes something from prices, for what, for whom and when. Its lines are what it is for, and what it gives. */
export const promotion = document('promotion', {
  name: 'promotions.promotion',
  path: '/promotions',
  fields: {
    id: readonly(uid()),
    name: text({ max: 80 }),
    kind: fixed(oneOf(promotionKinds)),
    state: readonly(oneOf(promotionLife.states)),
    buys: optional(integer({ min: 1, max: 1000 })),
    gives: optional(integer({ min: 1, max: 1000 })),
    rate: optional(rateField()),
    amount: optional(money({ min: 1n })),
    atLeast: optional(money({ min: 1n })),
    place: optional(ref('place')),
    customerGroup: optional(text({ max: 60 })),
    validFrom: optional(day()),
    validTo: optional(day()),
    weekdays: { ...texts({ max: 7, each: 1, values: weekdays }), initial: [] },
    hourFrom: optional(text({ max: 5 })),
    hourTo: optional(text({ max: 5 })),
    coupons: { ...oneOf(couponWays), initial: 'none' },
    word: optional(text({ max: 20 })),
    limitTotal: optional(integer({ min: 1, max: 1_000_000_000 })),
    limitEach: optional(integer({ min: 1, max: 1_000_000 })),
    budget: optional(money({ min: 1n })),
    floor: optional(money({ min: 1n })),
    priority: { ...integer({ min: 0, max: 1000 }), initial: 0 },
    isExclusive: flag(true),
    note: optional(longText({ max: 500 })),
    createdAt: readonly(instant()),
  },
  lines: {
    table: 'promotion_target',
    most: 500,
    fields: {
      role: { ...oneOf(['buy', 'get']), initial: 'buy' },
      category: optional(ref('catalog_category')),
      product: optional(ref('catalog_product')),
      variant: optional(ref('catalog_variant')),
      count: { ...integer({ min: 1, max: 1000 }), initial: 1 },
    },
  },
  can: { read: 'promotions.promotion.read', write: EDIT, export: 'promotions.promotion.export' },
  list: ['name', 'kind', 'state', 'place', 'validFrom', 'validTo', 'coupons'],
  sort: ['-createdAt', 'name', 'validFrom'],
  filters: ['state', 'kind', 'place', 'validFrom', 'validTo', 'coupons'],
  beyond: {
    variant: { field: ref('catalog_variant'), through: { table: 'promotion_target', of: 'document' }, column: 'variant' },
    product: { field: ref('catalog_product'), through: { table: 'promotion_target', of: 'document' }, column: 'product' },
    category: { field: ref('catalog_category'), through: { table: 'promotion_target', of: 'document' }, column: 'category' },
  },
  search: ['name'],
  title: 'name',
  // Whoever makes promotions at one place makes none for another one, and none that all share.
  scope: { place: 'place', shared: true },
  life: promotionLife,
  changeableIn: ['draft', 'scheduled', 'running', 'paused'],
  sections: {
    what: ['name', 'kind', 'state', 'buys', 'gives', 'rate', 'amount', 'atLeast', 'floor'],
    who: ['place', 'customerGroup'],
    when: ['validFrom', 'validTo', 'weekdays', 'hourFrom', 'hourTo'],
    coupons: ['coupons', 'word', 'limitTotal', 'limitEach', 'budget'],
    more: ['isExclusive', 'priority', 'note', 'createdAt'],
  },
})

export const PromotionProblem = problems('promotions.promotion', {
  noShare: { status: 422, say: 'Say which share of the price is taken off.' },
  noAmount: { status: 422, say: 'Say the amount. Nothing at all takes nothing off.' },
  noCounts: { status: 422, say: 'Say how many have to be bought, and how many are given.' },
  oneIsNoGroup: { status: 422, say: 'Say how many cost the price together: two at least.' },
  noSpend: { status: 422, say: 'Say from which amount of the basket on it holds.' },
  shareOrAmount: { status: 422, say: 'Say a share or an amount, and not both.' },
  noBundle: { status: 422, say: 'A bundle needs two units at least. Add what belongs to it.' },
  noTarget: { status: 422, say: 'On a line stands one of category, product and article. Fill one in.' },
  twice: { status: 422, say: 'The same stands on two lines. Put it on one.' },
  nothingLeft: { status: 422, say: 'None of what it is for is sold any more. Choose something else.' },
  floorTooHigh: {
    status: 422,
    say: 'Nothing that it is for costs more than the lowest price, so it would never hold. Lower that.',
  },
  neverLess: { status: 422, say: 'Nothing that it is for costs more than this price, so it would never hold. Lower it.' },
  badPeriod: { status: 422, say: 'It can’t end before it begins.' },
  over: { status: 422, say: 'Its last day is over. Give it a later one.' },
  noHour: { status: 422, say: '“{text}” is no time of day. Write it as 17:00.' },
  emptyHours: { status: 422, say: 'Say from when to when: two different times of the day.' },
  noWord: { status: 422, say: 'Say the word that customers show.' },
  wordTaken: { status: 409, say: 'Another promotion has this word. Choose another one.' },
  noCodes: { status: 422, say: 'This promotion goes without codes. Change its coupons to codes first.' },
  limit: { status: 409, say: '{name} is used up. Look at the total again.' },
  needsCustomer: { status: 422, say: '{name} is counted for each customer. Choose the customer first.' },
  couponUsed: { status: 409, say: 'The coupon {code} was used already. Look at the total again.' },
  couponUnknown: { status: 404, say: 'There is no coupon {code}. Look at it again.' },
})
