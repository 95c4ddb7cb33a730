/** ESC/POS bytes for receipt printers (Epson's command set; vectors in the tests). */
export type Align = 'left' | 'center' | 'right'

const ESC = 0x1b
const GS = 0x1d
const bytesOf = (text: string) => [...text].map((letter) => letter.charCodeAt(0) & 0xff)
const low = (value: number) => value & 0xff
const high = (value: number) => (value >> 8) & 0xff

export const escpos = {
  init: (): number[] => [ESC, 0x40],
  feed: (lines: number): number[] => [ESC, 0x64, lines],
  align: (to: Align): number[] => [ESC, 0x61, { left: 0, center: 1, right: 2 }[to]],
  bold: (on: boolean): number[] => [ESC, 0x45, on ? 1 : 0],
  /** Width and height from 1 to 8. */
  size: (width: number, height: number): number[] => [GS, 0x21, (width - 1) * 16 + (height - 1)],
  codePage: (page: number): number[] => [ESC, 0x74, page],
  /** Latin text; what the code page lacks goes as a raster. */
  text: (text: string): number[] => [...bytesOf(text), 0x0a],
  /** Cuts after feeding `feed` lines. */
  cut: (feed = 3, how: 'full' | 'partial' = 'partial'): number[] => [GS, 0x56, how === 'full' ? 0x41 : 0x42, feed],
  /** Opens the drawer: pin 2 or 5, pulse on and off in milliseconds. */
  drawer: (pin: 2 | 5 = 2, on = 120, off = 240): number[] => [ESC, 0x70, pin === 2 ? 0x30 : 0x31, on / 2, off / 2],
  ean13: (code: string): number[] => [GS, 0x6b, 67, code.length, ...bytesOf(code)],
  code128: (code: string): number[] => [GS, 0x6b, 73, code.length + 2, ...bytesOf(`{B${code}`)],
  /** Model 2, module size 1 to 16, error correction L, M, Q or H. */
  qr(text: string, size = 6, correction: 'L' | 'M' | 'Q' | 'H' = 'M'): number[] {
    const content = [...new TextEncoder().encode(text)]
    const length = content.length + 3
    return [
      ...[GS, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0],
      ...[GS, 0x28, 0x6b, 3, 0, 0x31, 0x43, size],
      ...[GS, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x30 + 'LMQH'.indexOf(correction)],
      ...[GS, 0x28, 0x6b, low(length), high(length), 0x31, 0x50, 0x30, ...content],
      ...[GS, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30],
    ]
  },
  /** Head of a raster image `width` dots wide (a multiple of 8); its bytes follow, one bit a dot. */
  rasterHead: (width: number, height: number): number[] => [
    GS,
    0x76,
    0x30,
    0,
    low(width / 8),
    high(width / 8),
    low(height),
    high(height),
  ],
} as const

/** A black-and-white picture in strips that small printer buffers take; its dots are not copied. */
export function* rasterStrips(picture: { bytes: Uint8Array; width: number; height: number }): Generator<Uint8Array> {
  const rowBytes = picture.width / 8
  for (let y = 0; y < picture.height; y += 256) {
    const rows = Math.min(256, picture.height - y)
    yield Uint8Array.from(escpos.rasterHead(picture.width, rows))
    yield picture.bytes.subarray(y * rowBytes, (y + rows) * rowBytes)
  }
}
