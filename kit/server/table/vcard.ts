/**
 * Address books: vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350). Each card becomes one row under headings that an import of people
 * knows. Pictures and what nobody asked for are passed over.
 */
export const cardHeader = ['Name', 'Company', 'Phones', 'Emails', 'Address', 'City', 'Country', 'Note', 'UID'] as const
type Heading = (typeof cardHeader)[number]

export const isVcard = (text: string): boolean => /^[\ufeff \t]*BEGIN:VCARD[ \t\r]*$/im.test(text.slice(0, 200))

interface Line {
  readonly name: string
  readonly params: readonly string[]
  readonly value: string
}

/** The rows of all cards, with the number of the card from 2, as if each stood on one line of a table. */
export function* readCards(text: string): Generator<{ number: number; cells: string[] }> {
  let card: Line[] | undefined
  let number = 1
  for (const line of linesOf(text)) {
    const read = lineOf(line)
    if (!read) continue
    if (read.name === 'BEGIN' && /^vcard$/i.test(read.value)) card = []
    else if (read.name === 'END' && card) {
      number += 1
      yield { number, cells: rowOf(card) }
      card = undefined
    } else card?.push(read)
  }
}

/** A line goes on below where the next begins with a space; quoted-printable ones where they end with "=". */
function* linesOf(text: string): Generator<string> {
  let whole: string | undefined
  let isQuoted = false
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)) {
    if (whole !== undefined && isQuoted && whole.endsWith('=')) {
      whole = whole.slice(0, -1) + line
      continue
    }
    if (whole !== undefined && /^[ \t]/.test(line)) {
      whole += line.slice(1)
      continue
    }
    if (whole !== undefined) yield whole
    whole = line
    isQuoted = /^[^:]{0,200}quoted-printable/i.test(line)
  }
  if (whole !== undefined) yield whole
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
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    const hex = text[at] === '=' ? /^[0-9a-f]{2}/i.exec(text.slice(at + 1, at + 3))?.[0] : undefined
    if (hex) {
      bytes.push(Number.parseInt(hex, 16))
      at += 2
    } else bytes.push(...new TextEncoder().encode(text[at]!))
  }
  const charset = params.find((one) => one.startsWith('charset='))?.slice('charset='.length)
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(new Uint8Array(bytes))
  } catch {
    return new TextDecoder().decode(new Uint8Array(bytes))
  }
}

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
  const best = (name: string) => all(name).toSorted((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)))
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
  }
  return cardHeader.map((heading) => row[heading])
}
