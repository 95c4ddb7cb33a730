import { analyse } from 'chardet'
import iconv from 'iconv-lite'

/** How letters may stand in a file: what spreadsheets of our markets write. */
export const encodings = ['utf8', 'win1252', 'win1256', 'iso88596', 'win1251', 'koi8r', 'macroman', 'utf16le', 'utf16be'] as const
export type Encoding = (typeof encodings)[number]

const SCRIPTS: Readonly<Record<string, (letters: string) => Encoding>> = {
  'windows-1256': arabic,
  'ISO-8859-6': arabic,
  'windows-1251': cyrillic,
  'KOI8-R': cyrillic,
  'ISO-8859-5': cyrillic,
}

/** From so many bytes on they are the beginning of a file, and not all of it. */
export const SAMPLED = 65_536

/** By its mark, by its zeros, by whether it is right UTF-8, and else by which letters follow each other. */
export function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be'
  const wide = wideOf(bytes.subarray(0, 4096))
  if (wide) return wide
  // The sample of a long file may end inside a letter.
  const text = new TextDecoder('utf-8').decode(bytes, { stream: bytes.length >= SAMPLED })
  const wrong = text.match(/\ufffd/g)?.length ?? 0
  // Letters of eight bits hardly ever make right UTF-8 by chance, so a wrong byte among right ones is a damaged letter.
  const right = text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0
  return wrong > right ? eightBit(bytes) : 'utf8'
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

/** Headings and codes in Latin letters say nothing, so only the words that have other letters are looked at. */
function eightBit(bytes: Buffer): Encoding {
  const words = bytes
    .toString('latin1')
    .split(/[^A-Za-z\u0080-\u00ff]+/)
    .filter((word) => /[\u0080-\u00ff]/.test(word))
  const letters = words.join(' ')
  const high = letters.replace(/[^\u0080-\u00ff]/g, '').length
  // Western words have a few accents among plain letters; Arabic and Russian ones have hardly a plain letter.
  if (high < words.join('').length / 2) return western(letters)
  const found = analyse(Buffer.from(letters, 'latin1')).find(({ name }) => name in SCRIPTS)
  return found ? SCRIPTS[found.name]!(letters) : 'win1252'
}

const count = (letters: string, of: RegExp) => letters.match(of)?.length ?? 0

/** The commonest letters of the one are accents of French in the other, or nothing at all. */
const FRENCH = /[\xd7\xe0\xe2\xe7-\xeb\xee\xef\xf4\xf9]/g
const NO_ISO = /[\x80-\x9f\xc0\xdb-\xdf\xf3-\xff]/g
function arabic(letters: string): Encoding {
  return count(letters, NO_ISO) < count(letters, FRENCH) ? 'iso88596' : 'win1256'
}

/**
 * What Excel on a Mac calls CSV (Macintosh) has its accents where Windows has dashes and quotation marks, which stand inside no
 * word; but for the apostrophe, which does in both.
 */
function western(letters: string): Encoding {
  const mac = count(letters, /[A-Za-z\x80-\x9f][\x80-\x91\x93-\x9f](?=[a-z\x80-\x9f])|[a-z][\x88\x8e\x8f\x99](?= |$)/g)
  return mac > count(letters, /[A-Za-z][\xc0-\xd4\xd6-\xff]|[\xc0-\xd4\xd6-\xff][a-z]/g) ? 'macroman' : 'win1252'
}

/** The capitals of the one are the small letters of the other; where all are of one size, the commonest letters tell. */
function cyrillic(letters: string): Encoding {
  const asKoi = count(letters, /[\xe0-\xff][\xc0-\xdf]/g) - count(letters, /[\xc0-\xdf][\xe0-\xff]/g)
  if (asKoi !== 0) return asKoi > 0 ? 'koi8r' : 'win1251'
  const common = (encoding: Encoding) => count(iconv.decode(Buffer.from(letters, 'latin1'), encoding), /[оеаинтслрв]/giu)
  return common('koi8r') > common('win1251') ? 'koi8r' : 'win1251'
}
