/** What stays of a password when its ornaments are taken off: `P@ssw0rd2024!` and `password` are one guess. */
const core = (text: string): string =>
  text
    .replace(/^[^\p{L}]+|(?<=\p{L})[^\p{L}]+$/gu, '')
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll('3', 'e')

/**
 * Is it one that others would try first? It stands in the list of the commonest, with or without ornaments; or it is made of
 * few signs, or of words that go with this person and company and little else. Length is judged apart, composition not at
 * all (NIST SP 800-63B-4, 3.1.1.2).
 */
export function isCommon(password: string, words: readonly string[], list: ReadonlySet<string>): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  if (new Set(plain).size < 5) return true
  if (list.has(plain) || list.has(core(plain))) return true
  const own = words.map((word) => word.toLowerCase().trim()).filter((word) => word.length > 3)
  const rest = own.reduce((text, word) => text.replaceAll(word, ''), plain).replace(/\d+|[^\p{L}]/gu, '')
  return rest.length < 3 && own.some((word) => plain.includes(word))
}
