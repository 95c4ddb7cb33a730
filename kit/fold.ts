/**
 * Text as it is searched: without accents and vowel signs, small, with plain digits and one form of each Arabic letter.
 * `Café Noël`, `cafe noel` and `CAFÉ NOËL` are one; so are `إدارة` and `اداره`. `fold_text` in the database is the same rule,
 * sign by sign (kit/migrations: search); a property test holds them together.
 */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(LETTERS, (letter) => FORMS.get(letter)!)
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')

// Combining marks, the vowel signs of Arabic and Hebrew, and the stroke that only lengthens a word.
// oxlint-disable-next-line no-misleading-character-class -- marks are what it looks for
const MARKS =
  // oxlint-disable-next-line no-misleading-character-class -- marks are what is meant
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g
const FROM = 'ٱىةکیہھےە٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ςøłđıħð'
const TO = 'ايهكيههيه01234567890123456789σoldihd'
const FORMS = new Map([...FROM].map((letter, index) => [letter, [...TO][index]!] as const))
const LETTERS = new RegExp(`[${FROM}]`, 'gu')

/** What somebody searches for, word by word; their order does not matter. */
export const wordsOf = (text: string): string[] => foldText(text).split(/\s+/).filter(Boolean).slice(0, 12)

/** Does a text have all the words that somebody searches for, or their beginnings? */
export const hasWords = (text: string, search: string): boolean => {
  const folded = foldText(text)
  return wordsOf(search).every((word) => hasWord(folded, word))
}

/** Signs after which a word begins, beside the beginning of the text. */
export const wordsBegin = [' ', '-', '/', '.', '('] as const
/**
 * One or two letters stand in every text, and no index of three letters knows where: so short a word is found where one begins.
 * The database looks for it by the same rule.
 */
export const isShort = (word: string): boolean => [...word].length <= 2
/** Does a folded text have a folded word? */
export const hasWord = (folded: string, word: string): boolean =>
  isShort(word) ? folded.startsWith(word) || wordsBegin.some((sign) => folded.includes(sign + word)) : folded.includes(word)

/**
 * Signs that turn the writing round until further notice: a name that holds one turns the sentence that it is told in. Nobody
 * types them; the marks that only stand beside a letter stay.
 */
export const withoutTurns = (text: string): string => (TURNS.test(text) ? text.replace(ALL_TURNS, '') : text)
const TURNS = /[\u202a-\u202e\u2066-\u2069]/
const ALL_TURNS = /[\u202a-\u202e\u2066-\u2069]/g
