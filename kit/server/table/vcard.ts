/**
 * Address books: vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350). Each card becomes one row under headings that an import of people
 * knows. Pictures and what nobody asked for are passed over.
 */
export const cardHeader = ['Name', 'Company', 'Phones', 'Emails', 'Address', 'City', 'Country', 'Note', 'UID', 'Kind'] as const
type Heading = (typeof cardHeader)[number]

export const isVcard = (text: string): boolean => /^[\ufeff \t]*BEGIN:VCARD[ \t\r]*$/im.test(text.slice(0, 200))

interface Line {
  readonly name: string
  readonly params: readonly string[]
  readonly value: string
}

/** What is read of a card; pictures may be as long as they like. */
const READ = /^(?:[\w-]{1,40}\.)?(?:FN|N|ORG|ADR|TEL|EMAIL|NOTE|UID|KIND|X-ABSHOWAS)[;:]/i
const CUT = 80

/**
 * The rows of all cards, with the number of the card from 2, as if each stood on one line of a table. Of a card that says more
 * than `most` letters the beginning is read, to tell whose it is; the others are as they were.
 */
export async function* readCards(
  letters: AsyncIterable<string>,
  most: number,
): AsyncGenerator<{ number: number; cells: string[]; isTooLong?: true }> {
  let card: Line[] | undefined
  let [number, size] = [1, 0]
  let [pieces, isRead, isQuoted]: [string[], boolean, boolean] = [[], false, false]
  const keep = () => {
    const read = isRead ? lineOf(pieces.join('')) : undefined
    if (read) card?.push(read)
    pieces = []
    isRead = false
  }
  for await (const line of physicalLines(letters, most)) {
    // A line goes on below where the next begins with a space; quoted-printable ones where they end with "=".
    const last = pieces.at(-1)
    const isSoft = isQuoted && last?.endsWith('=') === true
    const isFolded = last !== undefined && /^[ \t]/.test(line)
    if (card && /^END:VCARD[ \t]*$/i.test(line)) {
      keep()
      number += 1
      const cells = rowOf(card)
      yield size > most ? { number, cells: cells.map((cell) => cell.slice(0, CUT)), isTooLong: true } : { number, cells }
      card = undefined
    } else if (isSoft || isFolded) {
      if (isRead) size += line.length
      if (!isRead || size > most) pieces = [line]
      else if (isSoft) pieces.splice(-1, 1, last!.slice(0, -1), line)
      else pieces.push(line.slice(1))
    } else {
      keep()
      if (/^BEGIN:VCARD[ \t]*$/i.test(line)) [card, size] = [[], 0]
      isRead = READ.test(line)
      if (isRead) size += line.length
      if (size > most) isRead = false
      isQuoted = /^[^:]{0,200}quoted-printable/i.test(line)
      pieces = [line]
    }
  }
}

/** Lines as they stand in the file, parted wherever a chunk ends; of one that is longer than `most` letters no more than those. */
async function* physicalLines(chunks: AsyncIterable<string>, most: number): AsyncGenerator<string> {
  let [pieces, size, held]: [string[], number, string] = [[], 0, '']
  let isFirst = true
  for await (const chunk of chunks) {
    let text = held + chunk
    if (isFirst && text !== '') [text, isFirst] = [text.replace(/^\ufeff/, ''), false]
    // The other half of this end of a line may come with the next chunk.
    held = text.endsWith('\r') ? '\r' : ''
    const lines = text.slice(0, text.length - held.length).split(/\r\n|\n|\r/)
    for (const [at, line] of lines.entries()) {
      if (at > 0) {
        yield pieces.join('')
        ;[pieces, size] = [[], 0]
      }
      // One letter more tells that it is too long.
      if (size <= most) pieces.push(line.slice(0, most + 1 - size))
      size += line.length
    }
  }
  yield pieces.join('')
}

function lineOf(line: string): Line | undefined {
  const colon = endOfHead(line)
  if (colon < 1) return undefined
  const [full = '', ...params] = line.slice(0, colon).split(';')
  const name = full.split('.').at(-1)!.toUpperCase()
  const lower = params.map((one) => one.toLowerCase())
  const raw = line.slice(colon + 1)
  return { name, params: lower, value: lower.some((one) => one.includes('quoted-printable')) ? unquoted(raw, lower) : raw }
}

/** The colon after the parameters; one in quotation marks belongs to a parameter. */
function endOfHead(line: string): number {
  let isQuoted = false
  for (let at = 0; at < line.length && at < 2000; at++) {
    if (line[at] === '"') isQuoted = !isQuoted
    else if (line[at] === ':' && !isQuoted) return at
  }
  return -1
}

function unquoted(text: string, params: readonly string[]): string {
  const from = Buffer.from(text)
  const bytes = Buffer.alloc(from.length)
  let length = 0
  for (let at = 0; at < from.length; at++) {
    const [high, low] = from[at] === EQUALS ? [hexOf(from[at + 1]), hexOf(from[at + 2])] : [-1, -1]
    const isEscape = high >= 0 && low >= 0
    bytes[length++] = isEscape ? high * 16 + low : from[at]!
    if (isEscape) at += 2
  }
  const charset = params.find((one) => one.startsWith('charset='))?.slice('charset='.length)
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes.subarray(0, length))
  } catch {
    return new TextDecoder().decode(bytes.subarray(0, length))
  }
}
const EQUALS = 61
const HEX = Buffer.from('0123456789abcdef')
const hexOf = (letter: number | undefined): number =>
  letter === undefined ? -1 : HEX.indexOf(letter < 71 && letter > 64 ? letter + 32 : letter)

/** Parts of a value, parted by a sign that is not escaped, each with its escapes taken off. */
function parts(value: string, sign: ';' | ','): string[] {
  const all: string[] = ['']
  for (let at = 0; at < value.length; at++) {
    const letter = value[at]!
    if (letter === '\\' && at + 1 < value.length) {
      at += 1
      all[all.length - 1] += /n/i.test(value[at]!) ? '\n' : value[at]!
    } else if (letter === sign) all.push('')
    else all[all.length - 1] += letter
  }
  return all.map((one) => one.trim())
}
const plain = (value: string) => parts(value, ';').join(';')

function rowOf(card: readonly Line[]): string[] {
  const all = (name: string) => card.filter((line) => line.name === name && line.value.trim() !== '')
  // The preferred one first, as both versions mark it.
  const isPreferred = ({ params }: Line) =>
    params.some((one) => one === 'pref' || one === 'pref=1' || /^type=.*\bpref\b/.test(one))
  const best = (name: string) => {
    const { true: preferred = [], false: others = [] } = Object.groupBy(all(name), (line) => String(isPreferred(line)))
    return [...preferred, ...others]
  }
  const first = (name: string) => plain(best(name)[0]?.value ?? '')
  const [family = '', given = '', middle = ''] = parts(all('N')[0]?.value ?? '', ';')
  const company = parts(all('ORG')[0]?.value ?? '', ';')
    .filter(Boolean)
    .join(', ')
  const [box = '', more = '', street = '', city = '', region = '', code = '', country = ''] = parts(
    best('ADR')[0]?.value ?? '',
    ';',
  )
  const row: Record<Heading, string> = {
    Name: first('FN') || [given, middle, family].filter(Boolean).join(' ') || company,
    Company: company,
    Phones: best('TEL')
      .map(({ value }) => plain(value).replace(/^tel:/i, '').split(';', 1)[0]!)
      .join(', '),
    Emails: best('EMAIL')
      .map(({ value }) => plain(value).replace(/^mailto:/i, ''))
      .join(', '),
    Address: [box, more, street, [code, region].filter(Boolean).join(' ')].filter(Boolean).join('\n'),
    City: city,
    Country: country,
    Note: first('NOTE'),
    UID: first('UID'),
    // Apple's word for it.
    Kind: first('KIND') || first('X-ABSHOWAS'),
  }
  return cardHeader.map((heading) => row[heading])
}
