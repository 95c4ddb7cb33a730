import type { MeasureName } from './measure.ts'

/** What people and files call the units that can be measured, in every language that we have. */
const called: Readonly<Record<MeasureName, string>> = {
  mg: 'milligram milligrams milligramme миллиграмм мг مغ ملغ ملغم مجم ملغرام',
  g: 'gr gm gms grs gram grams gramme grammes gramm gramu г гр грамм غ غم غرام جم جرام جرامات غرامات',
  kg: 'kgs kgr kilo kilos kilogram kilograms kilogramme kilogrammes kilogramu кг кило килограмм كغ كغم كجم كيلو كيلوغرام كيلوجرام',
  t: 'tonne tonnes tani т тонна طن',
  lb: 'lbs pound pounds фунт رطل ratili',
  oz: 'ozs ounce ounces унция أونصة اونصة aunsi',
  ml: 'mls millilitre millilitres milliliter milliliters mililita мл миллилитр مل مليلتر ملليلتر',
  cl: 'centilitre centilitres centiliter centiliters сл',
  dl: 'decilitre decilitres deciliter deciliters дл',
  l: 'lt ltr ltrs litre litres liter liters lita л литр ل لتر لترات',
  mm: 'millimetre millimetres millimeter millimeters milimita мм مم',
  cm: 'cms centimetre centimetres centimeter centimeters sentimita см سم',
  m: 'mtr mtrs metre metres meter meters mita м метр م متر أمتار',
  in: 'inch inches inchi дюйм بوصة',
  ft: 'foot feet futi фут قدم',
  yd: 'yds yard yards yadi ярд ياردة',
}

const byName: ReadonlyMap<string, MeasureName> = new Map(
  (Object.entries(called) as [MeasureName, string][]).flatMap(([name, others]) =>
    [name, ...others.split(' ')].map((one) => [one, name] as const),
  ),
)

/** Which measure a unit is, by its code or its name; nothing for pieces, boxes and what nobody knows. */
export const measureOf = (...names: readonly string[]): MeasureName | undefined =>
  names.map((name) => byName.get(plain(name))).find(Boolean)

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase().replace(/\.$/, '')

/** What is counted, by how many pieces it is. */
const counted: readonly (readonly [pieces: bigint, names: string])[] = [
  [
    1n,
    'pc pcs pce piece pieces item items each ea no nos قطعة قطع حبة kipande vipande шт штука штук дана stk stck stück szt sztuka sztuk',
  ],
  [12n, 'dozen dozens doz dz dzn دزينة درزن دستة dazeni дюжина дюжин'],
  [144n, 'gross grosses'],
]
const byPieces: ReadonlyMap<string, bigint> = new Map(
  counted.flatMap(([pieces, names]) => names.split(' ').map((name) => [name, pieces] as const)),
)
export const piecesIn = (name: string): bigint | undefined => byPieces.get(plain(name))

/** What holds as many as whoever packs it likes: each in all its names, and those of one line are one. */
const packs: readonly string[] = [
  'carton cartons ctn ctns كرتون كرتونة كراتين katoni',
  'case cases',
  'box boxes bx صندوق boksi коробка',
  'pack packs packet packets pkt pkts علبة عبوة pakiti упаковка уп упак opak opakowanie',
  'bundle bundles ربطة',
  'bale bales',
  'sack sacks شوال gunia мешок',
  'bag bags كيس mfuko',
  'crate crates kasha ящик',
  'tray trays',
  'pallet pallets паллета',
  'outer outers',
]
const byPack: ReadonlyMap<string, string> = new Map(
  packs.flatMap((names) => names.split(' ').map((name, _, [first]) => [name, first!] as const)),
)
/** What kind of pack a word is, in one word for all of them: "ctns" and "كراتين" are both cartons. */
export const packOf = (...names: readonly string[]): string | undefined =>
  names.map((name) => byPack.get(plain(name))).find(Boolean)
