import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { bytes } from '../vault/store.ts'

/** Where a logo stands: in colour on A4, in black and white on a roll. */
export type LogoPlace = 'paper' | 'roll'

// 60 × 24 mm at 300 dots an inch; 48 × 20 mm at the 8 dots a millimetre of a receipt printer.
const LIMITS = { paper: { width: 708, height: 283 }, roll: { width: 384, height: 160 } } as const
// A company has one logo, and a handful on papers of before.
const MOST = 12
const drawn = new Map<string, readonly number[]>()

/**
 * A paper's facts with the bytes of its logo in place of its id, as Typst takes them. A picture that is not in the store any more
 * is left out: a paper without it is better than none.
 */
export async function withLogo<Facts extends { readonly logo: string | null }>(
  facts: Facts,
  place: LogoPlace,
): Promise<Omit<Facts, 'logo'> & { readonly logo: readonly number[] | null }> {
  return { ...facts, logo: facts.logo === null ? null : await draw(facts.logo, place).catch(() => null) }
}

async function draw(id: string, place: LogoPlace): Promise<readonly number[]> {
  const key = `${id} ${place}`
  const known = drawn.get(key)
  if (known) return known
  const { stream } = await bytes().get(`image/${id}`)
  const { width, height } = LIMITS[place]
  const picture = sharp(await buffer(stream))
    .flatten({ background: '#fff' })
    .trim({ background: '#fff', threshold: 12 })
    .resize({ width, height, fit: 'inside', withoutEnlargement: place === 'paper' })
  const inked = place === 'roll' ? picture.greyscale().normalise().threshold(160) : picture
  const made = [...(await inked.png({ palette: place === 'roll' }).toBuffer())]
  if (drawn.size >= MOST) drawn.delete(drawn.keys().next().value!)
  drawn.set(key, made)
  return made
}
