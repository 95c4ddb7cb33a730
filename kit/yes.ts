/** Whether it is so, in the words of shops and their programs; the word is in small letters. */
export const NOT: ReadonlySet<string> = new Set('false no n 0 -1 nein hapana siyo لا нет none off'.split(' '))
const YES = new Set('true yes y 1 ja ndiyo نعم да on x ✓ oui si sí'.split(' '))

/** Yes or no; nothing when the word says neither. */
export const isYes = (word: string): boolean | undefined => (YES.has(word) ? true : NOT.has(word) ? false : undefined)
