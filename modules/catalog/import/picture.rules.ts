const HEADINGS = [
  'Image Src',
  'Product image URL',
  'Variant Image',
  'Images',
  'Image URL',
  'Image',
  'Item Image',
  'Image link',
  'Product Thumbnail',
  'Product Image 1 Url',
  'Product Image 1',
  'assets',
  'Picture',
  'Picture URL',
  'Photo',
  'image_url',
  'Website Image',
  'صورة',
  'Изображение',
  'picha',
]
const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
/** "Item Image URL", "Image 1", "Photo link", "product_image_2". */
const LIKE =
  /^(?:item|product|variant|main|website)?(?:image|picture|photo|thumbnail)s?\d{0,2}(?:url|src|link|address)?s?\d{0,2}$/

/** The column with addresses of pictures, by what shops call it: the first of the list that the file has, else the first like them. */
export const pictureColumn = (header: readonly string[]): string | undefined =>
  HEADINGS.map((one) => header.find((column) => plain(column) === plain(one))).find((column) => column !== undefined) ??
  header.filter((column) => LIKE.test(plain(column.slice(0, 80)))).toSorted((a, b) => numberIn(a) - numberIn(b))[0]
const numberIn = (column: string) => Number(/\d+/.exec(column)?.[0] ?? 0)

/** What stands in a cell as addresses, one behind the other: bars and lines part them, other signs only before the next address. */
export function pictureAddresses(cell: string): string[] {
  const parts: string[] = ['']
  for (const piece of cell.split(/(https?:)/i)) {
    const before = parts.at(-1)!
    // Inside of an address another one may be told.
    if (/^https?:$/i.test(piece) && /[,;\s]$/.test(before)) parts.push(piece)
    else parts[parts.length - 1] = before + piece
  }
  return parts
    .flatMap((part) => part.split(/[|\r\n]/))
    .map(withoutEnds)
    .filter(Boolean)
}

const isSign = (sign: string | undefined) => sign !== undefined && /[,;\s]/.test(sign)
function withoutEnds(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && isSign(text[from])) from++
  while (to > from && isSign(text[to - 1])) to--
  return text.slice(from, to)
}
