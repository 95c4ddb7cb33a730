import { analyse } from 'chardet'

/** How letters may stand in a file: what spreadsheets of our markets write. */
export const encodings = ['utf8', 'win1252', 'win1256', 'win1251', 'utf16le', 'utf16be'] as const
export type Encoding = (typeof encodings)[number]

const EIGHT_BIT: Readonly<Record<string, Encoding>> = {
  'windows-1256': 'win1256',
  'ISO-8859-6': 'win1256',
  'windows-1251': 'win1251',
  'KOI8-R': 'win1251',
  'ISO-8859-5': 'win1251',
}

/** By its mark, by its zeros, by whether it is right UTF-8, and else by which letters follow each other. */
export function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be'
  // UTF-16 without a mark: every other byte of Latin text is zero.
  const zeros = [0, 1].map((odd) => bytes.subarray(0, 512).filter((byte, index) => index % 2 === odd && byte === 0).length)
  const many = Math.min(64, bytes.length / 4)
  if (zeros[1]! > many) return 'utf16le'
  if (zeros[0]! > many) return 'utf16be'
  // The sample may end inside a character, so its last bytes don't count.
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, Math.max(bytes.length - 3, 1)))
  return text.slice(0, -1).includes('\ufffd') ? eightBit(bytes) : 'utf8'
}

/** Headings and codes in Latin letters say nothing, so only the words that have other letters are looked at. */
function eightBit(bytes: Buffer): Encoding {
  const words = bytes
    .toString('latin1')
    .split(/[^A-Za-z\u0080-\u00ff]+/)
    .filter((word) => /[\u0080-\u00ff]/.test(word))
  const letters = words.join('')
  const high = letters.replace(/[^\u0080-\u00ff]/g, '').length
  // Western words have a few accents among plain letters; Arabic and Russian ones have hardly a plain letter.
  if (high < letters.length / 2) return 'win1252'
  const found = analyse(Buffer.from(words.join(' '), 'latin1')).find(({ name }) => name in EIGHT_BIT)
  return found ? EIGHT_BIT[found.name]! : 'win1252'
}
