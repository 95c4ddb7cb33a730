import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import sharp from 'sharp'
import type { PrintAnswer, PrintJob } from './print.ts'

/** A thread of its own that sets documents, one after the other: what Typst does holds the loop of whoever calls it. */
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

const typst = NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders() }] })

parentPort!.on('message', (job: PrintJob) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  void answer(job).then((done: PrintAnswer) => parentPort!.postMessage(done))
})

async function answer({ id, kind, template, data, dots }: PrintJob): Promise<PrintAnswer> {
  try {
    const document = { mainFileContent: template, inputs: { data } }
    const done =
      kind === 'pdf'
        ? { bytes: typst.pdf(document), height: 0 }
        : kind === 'svg'
          ? { bytes: Buffer.from(typst.plainSvg(document)), height: 0 }
          : await raster(typst.plainSvg(document), dots)
    // Compiled pages stay in a cache that is worth keeping for a handful of prints only.
    typst.evictCache(10)
    return { id, ...done }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}

// A surface of cairo ends at 32,767 dots, which a receipt of three hundred lines is longer than.
const STRIP = 8_000

async function raster(svg: string, dots: number): Promise<{ bytes: Buffer; height: number }> {
  const [root = ''] = /^<svg[^>]*>/.exec(svg) ?? []
  const [, width, length] = / viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(root) ?? []
  if (!width) throw new Error('Typst made a picture without a size')
  const height = Math.ceil((Number(length) * dots) / Number(width))
  const strips: Buffer[] = []
  for (let y = 0; y < height; y += STRIP) {
    const rows = Math.min(STRIP, height - y)
    const unit = Number(width) / dots
    const part = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${dots}" height="${rows}" viewBox="0 ${y * unit} ${width} ${rows * unit}">`
    strips.push(blackAndWhite(await greyOf(part + svg.slice(root.length)), dots, rows))
  }
  return { bytes: Buffer.concat(strips), height }
}

async function greyOf(svg: string): Promise<{ data: Buffer; channels: number }> {
  const { data, info } = await sharp(Buffer.from(svg), { density: 72, unlimited: true })
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, channels: info.channels }
}

function blackAndWhite({ data, channels }: { data: Buffer; channels: number }, dots: number, rows: number): Buffer {
  const rowBytes = dots / 8
  const bytes = Buffer.alloc(rowBytes * rows)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < dots; x++) if (data[(y * dots + x) * channels]! < 150) bytes[y * rowBytes + (x >> 3)]! |= 0x80 >> (x & 7)
  }
  return bytes
}
