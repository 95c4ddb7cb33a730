/** A QR code as SVG, without a margin. */
export async function qrCode(text: string): Promise<string> {
  const { default: library } = await import('qrcode')
  return library.toString(text, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })
}
