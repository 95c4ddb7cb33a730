import { z } from 'zod'
import {
  createShape,
  entity,
  fixed,
  integer,
  flag,
  instant,
  longText,
  money,
  oneOf,
  optional,
  quantity,
  quantitySchema,
  readonly,
  ref,
  seenBy,
  setBy,
  strictly,
  text,
  texts,
  uid,
} from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'
import { priceUnits } from '#kit/quantity.ts'

/** What is sold, as people think of it. What is counted, priced and scanned is its variants; every product has one at least. */
export const product = entity('catalog_product', {
  name: 'catalog.product',
  path: '/catalog/products',
  fields: {
    id: readonly(uid()),
    name: text({ max: 200 }),
    // Goods that lie on a shelf don't become a service, nor the other way round.
    kind: fixed({ ...oneOf(['stocked', 'service']), initial: 'stocked' as const }),
    category: optional(ref('catalog_category')),
    vendor: optional(text({ max: 120 })),
    taxClass: optional(ref('catalog_tax_class')),
    unit: optional(ref('catalog_unit')),
    // Another one would change every price there is; whoever needs it makes a new article.
    priceUnit: fixed({ ...oneOf(priceUnits), initial: '1' as const }),
    // What its variants cost is then the usual price only, which a till proposes.
    asksPrice: setBy('catalog.price.edit', { ...flag(), initial: false as const }),
    leastPrice: optional(setBy('catalog.price.edit', money({ min: 1n, per: 'priceUnit' }))),
    mostPrice: optional(setBy('catalog.price.edit', money({ min: 1n, per: 'priceUnit' }))),
    description: optional(longText({ max: 20000 })),
    tags: { ...texts({ max: 50 }), initial: [] },
    handle: optional(text({ max: 255 })),
    optionNames: readonly(texts({ max: 3 })),
    image: readonly(optional(ref('file'))),
    createdAt: readonly(instant()),
  },
  can: {
    read: 'catalog.product.read',
    write: 'catalog.product.edit',
    import: 'catalog.product.import',
    export: 'catalog.product.export',
  },
  list: ['name', 'category', 'vendor', 'kind', 'taxClass', 'createdAt'],
  sort: ['name', '-createdAt'],
  filters: ['category', 'kind', 'taxClass', 'createdAt'],
  search: ['name'],
  title: 'name',
  sections: {
    identity: ['name', 'category', 'vendor', 'description', 'tags', 'handle', 'createdAt'],
    price: ['taxClass', 'priceUnit', 'asksPrice', 'leastPrice', 'mostPrice'],
    stock: ['kind', 'unit'],
  },
  naturalKey: ['handle'],
  archive: true,
  custom: true,
})

export const variant = entity('catalog_variant', {
  name: 'catalog.variant',
  path: '/catalog/variants',
  fields: {
    id: readonly(uid()),
    product: readonly(ref('catalog_product')),
    name: readonly(text({ max: 300 })),
    sku: text({ max: 80 }),
    optionValues: readonly(texts({ max: 3 })),
    position: readonly(integer()),
    price: setBy('catalog.price.edit', money({ per: 'priceUnit' })),
    comparePrice: optional(setBy('catalog.price.edit', money({ per: 'priceUnit' }))),
    cost: optional(seenBy('catalog.cost.read', money({ per: 'priceUnit' }))),
    // Its product's.
    priceUnit: readonly(oneOf(priceUnits)),
    weight: optional(quantity()),
  },
  can: { read: 'catalog.product.read', write: 'catalog.product.edit', export: 'catalog.product.export' },
  list: ['name', 'sku', 'price', 'cost', 'product'],
  sort: ['name', 'sku', 'price'],
  filters: ['product', 'price'],
  search: ['name', 'sku'],
  title: 'name',
  naturalKey: ['sku'],
  archive: true,
})

export const ProductProblem = problems('catalog.product', {
  variantTwice: { status: 422, say: 'Two variants have the same options: {options}.' },
  badBarcode: { status: 422, say: '{code} is not a valid barcode: its check digit is wrong.' },
  barcodeTaken: { status: 409, say: 'The barcode {code} belongs to {name} already.' },
  priceOfAll: {
    status: 403,
    say: 'This price holds in every store. Give your store a price list of its own, or ask somebody who sets prices everywhere.',
  },
  badBounds: { status: 422, say: 'The lowest price can’t be above the highest one.' },
  unitStays: {
    status: 409,
    say: 'Goods of this article have moved, or were sold, ordered or counted in its unit, so the unit stays. Make a new article for another one.',
  },
  skuTaken: { status: 409, say: 'The SKU {sku} is in use already. Choose another one.' },
  codeLeftOut: { status: 409, say: 'The code {code} belongs to another one, so this one was taken without it.' },
  ownCode: { status: 422, say: '{code} is no trade barcode; it was taken as a code of the shop’s own.' },
  tooFine: {
    status: 422,
    say: '{value} has more decimals than the currency. Give the price for 100 or 1,000 units, and that number in a column “Price per”.',
  },
  tooFineForIt: {
    status: 422,
    say: '{value} can’t be kept exactly: the prices of this article are for {units} of its unit. Round it, or make a new article priced by 1,000.',
  },
  pricedPer: {
    status: 422,
    say: 'Its prices are kept for {units} of its unit, because one costs less than the currency can say.',
  },
  priceUnitOfOther: {
    status: 422,
    say: '{value} can’t be counted in the unit of this article. Give the price for 1, 100 or 1,000 of its unit, or say under “Pack sizes” how much {value} holds.',
  },
  inexactForIt: {
    status: 422,
    say: '{value} can’t be kept exactly, for the prices of this article are for {units} of its unit. Give the price for that in the file.',
  },
  quantityOfOther: {
    status: 422,
    say: '{value} can’t be counted in the unit of this article. Give the quantity in its own unit, under a heading without another one, or say under “Pack sizes” how much {value} holds.',
  },
  whichPriceUnit: {
    status: 422,
    say: 'It is not clear for how many units this is: the prices of this article are for {units}. Give that number in a column “Price per”.',
  },
  costRounded: { status: 422, say: 'The cost {value} has more decimals than the currency; {kept} was taken.' },
  sameName: { status: 409, say: 'There is another article called {name}. This one has another code, so it is new.' },
  whichVariant: { status: 422, say: 'This product has several variants: say which one by its options or its code.' },
})

export const barcodeInput = z.object({
  code: z.string().trim().min(1).max(80),
  quantity: quantitySchema(1n).default(1_000_000n as never),
})

const optionValue = z.string().trim().min(1).max(100)
/** What is told of a new variant: its own fields, where a SKU that is left out is drawn from a series. */
export const variantFacts = {
  ...createShape(variant),
  sku: variant.fields.sku.schema.optional(),
  optionValues: z.array(optionValue).max(3).default([]),
}

/** A new product with its variants, as the product form sends it. */
export const productInput = strictly(product, {
  ...createShape(product),
  id: z.uuid(),
  optionNames: z.array(z.string().trim().min(1).max(60)).max(3).default([]),
  variants: z
    .array(z.object({ ...variantFacts, id: z.uuid().optional(), barcodes: z.array(barcodeInput).max(20).default([]) }))
    .min(1)
    .max(200),
})

/** "Clay pot" with the values of its options, as tills and shelves show it. */
export const variantName = (productName: string, optionValues: readonly string[]): string =>
  [productName, optionsText(optionValues)].filter(Boolean).join(' · ')
export const optionsText = (values: readonly string[]): string => values.filter((value) => value !== 'Default Title').join(' / ')
