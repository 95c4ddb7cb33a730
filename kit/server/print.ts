import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import bwipjs from 'bwip-js/node'
import sharp from 'sharp'

const require = createRequire(import.meta.url)
const WEIGHTS = ['400Regular', '600SemiBold', '700Bold']

function fontFolders(): string[] {
  return ['@expo-google-fonts/noto-sans', '@expo-google-fonts/noto-sans-arabic'].flatMap((name) => {
    const folder = dirname(require.resolve(`${name}/package.json`))
    return readdirSync(folder)
      .filter((entry) => WEIGHTS.includes(entry))
      .map((entry) => join(folder, entry))
  })
}

let compiler: NodeCompiler | undefined
// Made at the first print: the fonts cost 30 MB that a worker without printing should not pay.
const typst = () => (compiler ??= NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders() }] }))

/**
 * Sets a document with Typst. `data` reaches the template as JSON (`json(bytes(sys.inputs.data))`) and never becomes part
 * of its source, so nothing that people typed can act as markup. About 3 ms a page.
 */
export function printPdf(template: string, data: unknown): Buffer {
  const pdf = typst().pdf({ mainFileContent: template, inputs: { data: JSON.stringify(data) } })
  // Compiled pages stay in a cache that is worth keeping for a handful of prints only.
  typst().evictCache(10)
  return pdf
}

/** The same document as a picture, one page below the other not included: the first page, `dots` wide, black and white. */
export async function printRaster(
  template: string,
  data: unknown,
  dots = 576,
): Promise<{ bytes: Buffer; width: number; height: number }> {
  const svg = typst().plainSvg({ mainFileContent: template, inputs: { data: JSON.stringify(data) } })
  const { data: grey, info } = await sharp(Buffer.from(svg), { density: 300 })
    .resize({ width: dots })
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const rowBytes = dots / 8
  const bytes = Buffer.alloc(rowBytes * info.height)
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < dots; x++)
      if (grey[y * info.width * info.channels + x * info.channels]! < 150) bytes[y * rowBytes + (x >> 3)]! |= 0x80 >> (x & 7)
  }
  return { bytes, width: dots, height: info.height }
}

export type Symbology = 'code128' | 'ean13' | 'qrcode'

/** A barcode as SVG, for labels and documents. @throws Error when the text does not fit the symbology */
export const barcodeSvg = (kind: Symbology, text: string): string =>
  bwipjs.toSVG({
    bcid: kind,
    text,
    includetext: kind !== 'qrcode',
    textxalign: 'center',
    ...(kind === 'qrcode' ? { eclevel: 'M' } : { height: 12 }),
  })
