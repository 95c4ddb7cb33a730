import { gtinCheckDigit } from '#kit/barcode.ts'
import type { Random } from './random.ts'

/** What a neighbourhood shop in Nairobi has on its shelves; prices in whole shillings. */
const shelves: readonly {
  category: string
  tax: 'standard' | 'zero'
  from: number
  to: number
  makers: string[]
  goods: string[]
  sizes: string[]
}[] = [
  {
    category: 'Flour & grains',
    tax: 'zero',
    from: 90,
    to: 420,
    makers: ['Mkulima', 'Jogoo Hill', 'Savanna'],
    goods: ['Maize flour', 'Wheat flour', 'Basmati rice', 'Green grams', 'Red beans', 'Porridge flour'],
    sizes: ['1 kg', '2 kg', '5 kg'],
  },
  {
    category: 'Cooking',
    tax: 'standard',
    from: 60,
    to: 950,
    makers: ['Rina Gold', 'Pwani', 'Highland'],
    goods: ['Sunflower oil', 'Vegetable fat', 'Tomato paste', 'Curry powder', 'Iodised salt', 'White vinegar'],
    sizes: ['small', 'medium', 'large'],
  },
  {
    category: 'Milk & eggs',
    tax: 'zero',
    from: 35,
    to: 320,
    makers: ['Limuru', 'Mt. Kenya', 'Molo'],
    goods: ['Fresh milk', 'Long-life milk', 'Fermented milk', 'Natural yoghurt', 'Butter', 'Eggs'],
    sizes: ['small', 'large'],
  },
  {
    category: 'Bread & cakes',
    tax: 'zero',
    from: 30,
    to: 260,
    makers: ['Sunrise', 'Home Oven', 'Mama Njeri'],
    goods: ['White bread', 'Brown bread', 'Milk bread', 'Queen cakes', 'Mandazi', 'Buns'],
    sizes: ['400 g', '800 g'],
  },
  {
    category: 'Tea & coffee',
    tax: 'standard',
    from: 45,
    to: 780,
    makers: ['Kericho', 'Nandi', 'Kiambu'],
    goods: ['Tea leaves', 'Tea bags', 'Ground coffee', 'Instant coffee', 'Drinking chocolate'],
    sizes: ['100 g', '250 g', '500 g'],
  },
  {
    category: 'Drinks',
    tax: 'standard',
    from: 40,
    to: 350,
    makers: ['Afya', 'Coast', 'Tropic'],
    goods: ['Mango juice', 'Passion juice', 'Still water', 'Sparkling water', 'Ginger soda', 'Orange soda'],
    sizes: ['500 ml', '1 l', '2 l'],
  },
  {
    category: 'Snacks',
    tax: 'standard',
    from: 20,
    to: 280,
    makers: ['Tamu', 'Crispa'],
    goods: ['Potato crisps', 'Banana crisps', 'Groundnuts', 'Ginger biscuits', 'Shortbread', 'Milk chocolate'],
    sizes: ['small', 'family'],
  },
  {
    category: 'Washing & cleaning',
    tax: 'standard',
    from: 35,
    to: 890,
    makers: ['Safi', 'Usafi Plus', 'Lulu'],
    goods: ['Washing powder', 'Bar soap', 'Bleach', 'Dish soap', 'Floor cleaner', 'Fabric softener'],
    sizes: ['500 g', '1 kg', '2 kg'],
  },
  {
    category: 'Care',
    tax: 'standard',
    from: 50,
    to: 720,
    makers: ['Nyota', 'Asili', 'Shea & Co'],
    goods: ['Bath soap', 'Body lotion', 'Toothpaste', 'Shampoo', 'Hair oil', 'Petroleum jelly'],
    sizes: ['small', 'large'],
  },
  {
    category: 'Baby',
    tax: 'standard',
    from: 120,
    to: 1650,
    makers: ['Toto', 'Malaika', 'Kipepeo'],
    goods: ['Nappies', 'Wipes', 'Baby lotion', 'Baby porridge'],
    sizes: ['small', 'large'],
  },
  {
    category: 'Household',
    tax: 'standard',
    from: 30,
    to: 1450,
    makers: ['Nyumba', 'Jiko'],
    goods: ['Matches', 'Candles', 'Batteries', 'Light bulb', 'Bucket', 'Cooking pot', 'Thermos flask', 'Broom'],
    sizes: ['standard', 'large'],
  },
  {
    category: 'Stationery',
    tax: 'standard',
    from: 10,
    to: 620,
    makers: ['Shule', 'Kalamu', 'Elimu'],
    goods: ['Exercise book', 'Ball pen', 'Pencils', 'Drawing book', 'Glue stick', 'Geometry set'],
    sizes: ['single', 'pack'],
  },
  {
    category: 'Phones & power',
    tax: 'standard',
    from: 150,
    to: 2950,
    makers: ['Waya', 'Umeme'],
    goods: ['Charging cable', 'Phone charger', 'Power bank', 'Earphones', 'Extension socket'],
    sizes: ['standard', 'plus'],
  },
]

export interface DemoProduct {
  readonly name: string
  readonly category: string
  readonly vendor: string
  readonly tax: 'standard' | 'zero'
  /** Minor units. */
  readonly price: bigint
  readonly cost: bigint
  readonly barcode: string
}

export const categories: readonly string[] = shelves.map((shelf) => shelf.category)

export function products(dice: Random, count: number): DemoProduct[] {
  const all = shelves.flatMap(({ makers, goods, sizes, ...shelf }) =>
    goods.flatMap((good) =>
      makers.flatMap((maker) => sizes.map((size, index) => ({ ...shelf, good, maker, size, index, of: sizes.length }))),
    ),
  )
  // Every shelf keeps its share, and what sells most is a little of everything.
  const order = all.map((one) => ({ one, at: dice.next() })).toSorted((a, b) => a.at - b.at)
  return order.slice(0, count).map(({ one }, index) => {
    const step = (one.to - one.from) / Math.max(1, one.of)
    const shillings = Math.max(5, Math.round((one.from + step * (one.index + dice.next() * 0.8)) / 5) * 5)
    return {
      name: `${one.maker} ${one.good.toLowerCase()} ${one.size}`,
      category: one.category,
      vendor: one.maker,
      tax: one.tax,
      price: BigInt(shillings * 100),
      cost: BigInt(Math.round(shillings * (62 + dice.whole(0, 16)))),
      barcode: withCheckDigit(`616${String(1_000_000 + index).padStart(9, '0')}`),
    }
  })
}

const first =
  'Achieng Akinyi Amani Amina Asha Atieno Baraka Brian Chebet Cheptoo Dalmas Daudi Esther Faith Fatuma Grace Halima Hassan Imani Ismail Jabali Jane Jelimo John Joyce Juma Kamau Karimi Kevin Kiprono Lilian Makena Mary Mercy Mohamed Moraa Mumbi Mutua Mwende Nafula Naserian Neema Njeri Nyambura Omar Otieno Peter Purity Rehema Salma Samuel Sarah Stella Subira Tabitha Wafula Wairimu Wanjiru Winnie Yusuf Zawadi Zuhura'.split(
    ' ',
  )
const last =
  'Abdi Achieng Ali Barasa Chege Cheruiyot Gathoni Gitau Hassan Kamau Kariuki Karanja Kibet Kilonzo Kimani Kipchoge Koech Lekishon Macharia Maina Mbugua Mohamed Momanyi Muli Munene Mutiso Mwangi Mwangangi Ndungu Njoroge Nyaga Nyong’o Ochieng Odhiambo Okoth Omondi Onyango Otieno Ouma Rotich Said Sang Wafula Wambui Wanyama Wekesa'.split(
    ' ',
  )
export const towns = ['Nairobi', 'Nairobi', 'Nairobi', 'Kiambu', 'Thika', 'Ruiru', 'Athi River', 'Machakos']

const withCheckDigit = (digits: string) => digits + gtinCheckDigit(digits)

export const personName = (dice: Random) => `${dice.pick(first)} ${dice.pick(last)}`
