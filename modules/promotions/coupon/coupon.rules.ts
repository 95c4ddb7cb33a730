/** Letters and figures that nobody takes for another one: no 0 and O, no 1, I and L. */
export const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const CODE_LENGTH = 8
export const MOST_CODES = 10_000

// The largest multiple of the alphabet below 256: what lies above it would make its first letters come more often.
const FAIR = 256 - (256 % ALPHABET.length)

/** Codes from bytes of chance, each once; how many come of them depends on the bytes. */
export function codesFrom(bytes: Iterable<number>): string[] {
  const codes = new Set<string>()
  let code = ''
  for (const byte of bytes) {
    if (byte >= FAIR) continue
    code += ALPHABET[byte % ALPHABET.length]
    if (code.length < CODE_LENGTH) continue
    codes.add(code)
    code = ''
  }
  return [...codes]
}
