import iconv from 'iconv-lite'
import type { Encoding } from '../../encoding.ts'

/** How the letters of a file are written; not sure where another way gives other letters that are nearly as likely. */
export interface Writing {
  readonly encoding: Encoding
  readonly isUnsure: boolean
}
const sure = (encoding: Encoding): Writing => ({ encoding, isUnsure: false })

/** From so many bytes on they are the beginning of a file, and not all of it. */
export const SAMPLED = 65_536

/** By its mark, by its zeros, by whether it is right UTF-8, and else by how likely its letters are in each of the others. */
export function writingOf(bytes: Buffer): Writing {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return sure('utf16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return sure('utf16be')
  const wide = wideOf(bytes.subarray(0, 4096))
  if (wide) return sure(wide)
  // The sample of a long file may end inside a letter.
  const text = new TextDecoder('utf-8').decode(bytes, { stream: bytes.length >= SAMPLED })
  const wrong = text.match(/\ufffd/g)?.length ?? 0
  // Letters of eight bits hardly ever make right UTF-8 by chance, so a wrong byte among right ones is a damaged letter.
  const right = text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0
  return wrong > right ? eightBit(bytes) : sure('utf8')
}

/**
 * UTF-16 without a mark: of each pair of bytes one tells the alphabet, which is zero for Latin letters, digits and the ends of
 * lines, 4 for Cyrillic and 6 for Arabic ones; the other is hardly ever so small. A text of eight bits has no zeros.
 */
function wideOf(bytes: Buffer): Encoding | undefined {
  if (!bytes.includes(0)) return undefined
  const small = [0, 1].map((odd) => bytes.filter((byte, index) => index % 2 === odd && byte <= 6).length)
  const [first, second] = small as [number, number]
  if (Math.max(first, second) < bytes.length / 4) return undefined
  if (first < second / 5) return 'utf16le'
  return second < first / 5 ? 'utf16be' : undefined
}

/** Of those that are as likely the first one counts. */
const WESTERN: readonly Encoding[] = ['win1252', 'macroman', 'cp850', 'win1250', 'iso88592', 'cp852']
const OTHERS: readonly Encoding[] = [
  'win1251',
  'win1256',
  'koi8r',
  'koi8u',
  'cp866',
  'maccyrillic',
  'iso88595',
  'iso88596',
  'cp720',
]

/** Headings and codes in Latin letters say nothing, so only the words that have other letters are looked at. */
function eightBit(bytes: Buffer): Writing {
  const all = bytes
    .toString('latin1')
    .split(/[^A-Za-z\u0080-\u00ff]+/)
    .filter((word) => /[\u0080-\u00ff]/.test(word))
  // A dash or a degree alone, "m²" and "m³" are no words.
  const words = all.filter((word) => word.length > 1 && !/^[cdkm]?m[\xb2\xb3\xfc\xfd]$/.test(word))
  if (words.length === 0) return { encoding: 'win1252', isUnsure: all.some((word) => /^[\xc0-\xff]$/.test(word)) }
  const letters = words.join(' ')
  const high = letters.replace(/[^\u0080-\u00ff]/g, '').length
  // Western words have a few accents among plain letters; Arabic and Russian ones have hardly a plain letter.
  const among = high < words.join('').length / 2 ? WESTERN : OTHERS
  const read = among.map((encoding) => {
    const text = iconv.decode(Buffer.from(letters, 'latin1'), encoding)
    return { encoding, text, worth: worthOf(text, among === WESTERN) }
  })
  const best = read.reduce((one, other) => (other.worth > one.worth ? other : one))
  const second = Math.max(...read.filter(({ text }) => text !== best.text).map(({ worth }) => worth))
  return { encoding: best.encoding, isUnsure: best.worth - second < Math.max(high * MARGIN, LEAST) || best.worth < high }
}
const [MARGIN, LEAST] = [0.2, 2]

/** What a letter is worth, by how common it is in the languages that are written with it. */
const worths = (...groups: readonly (readonly [worth: number, letters: string])[]): ReadonlyMap<string, number> =>
  new Map(groups.flatMap(([worth, letters]) => [...letters].map((letter) => [letter, worth] as const)))
const COMMON = worths(
  [4, 'оеаинт'],
  [3, 'срвлкмдпу'],
  [2, 'яыьгзбчі'],
  [1, 'йхжшюцщэфёїєґў'],
  [0, 'ъ'],
  [4, 'اليمنوت'],
  [3, 'رةبدعهسحك'],
  [2, 'قفجأشصطخىزض'],
  [1, 'ثإغذءئآؤظپچگ'],
)
const ACCENTED = worths([3, 'éèçäöüßñáóíúøåąęłśż'], [2, 'àêâôîûëïãæœćńź'], [1, 'õùčďěňřšťůýžőűòìþð'], [0, 'ÿ'])
/** They stand around words in any language. */
const SIGNS = new Set('\u00a0«»“”„‚‘’‹›–—…•·№°®™©§€£×½¼¾²³ªº¡¿')
const WRONG = -4

function worthOf(text: string, isWestern: boolean): number {
  const letters = [...text]
  let [sum, before] = [0, '']
  for (const [at, letter] of letters.entries()) {
    if (letter > '\u007f') sum += worth(letter, before, letters[at + 1] ?? '', isWestern)
    before = letter
  }
  return sum
}

function worth(letter: string, before: string, next: string, isWestern: boolean): number {
  // The apostrophe of a typesetter stands inside a word.
  if (SIGNS.has(letter)) return isLetter(before) && isLetter(next) && letter !== '’' ? WRONG : 0
  const small = letter.toLowerCase()
  // No word goes on in capitals once it has a small letter, nor with small ones behind its second capital.
  if (isCapital(letter) ? isSmall(before) || (isCapital(before) && isSmall(next)) : isSmall(letter) && isCapital(next))
    return WRONG
  return (isWestern ? ACCENTED : COMMON).get(small) ?? WRONG
}
const isLetter = (one: string) => /^\p{L}/u.test(one)
const isSmall = (one: string) => one !== one.toUpperCase()
const isCapital = (one: string) => one !== one.toLowerCase()
