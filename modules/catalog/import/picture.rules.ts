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

/** The column with addresses of pictures, by what shops call it: the first of the list that the file has. */
export const pictureColumn = (header: readonly string[]): string | undefined =>
  HEADINGS.map((one) => header.find((column) => plain(column) === plain(one))).find((column) => column !== undefined)

/** The first address in a cell; several stand behind each other, with commas, bars or spaces between. */
export const pictureAddress = (cell: string): string | undefined =>
  cell
    // A comma may belong to an address; before the next one it parts them.
    .replace(/,https?:/gi, (next) => ` ${next.slice(1)}`)
    .split(/[|;\s]+/)
    .map((one) => (one.endsWith(',') ? one.slice(0, -1) : one))
    .find((one) => one !== '')
    ?.slice(0, 2000)
