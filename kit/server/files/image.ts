import sharp from 'sharp'
import { fileTypeFromFile } from 'file-type'
import { ImageProblem, PICTURE_MEGABYTES, pictureTypes } from '../../picture.ts'
import { lane } from '../host/lane.ts'

const MEGABYTE = 1024 * 1024
// A few kilobytes can unfold into gigabytes of pixels; a camera makes at most about 60 million.
const MAX_PIXELS = 64_000_000
const SIZES = { full: 1600, thumb: 320 } as const
export interface ImageLimits {
  readonly megabytes?: number
}
export type ImageSize = keyof typeof SIZES

/**
 * A picture as people send it, made safe to keep and show: recognised by its content, turned upright, made small, and
 * written anew, so that neither the place where it was taken nor anything hidden in it stays.
 * @throws Problem `kit.image.notAnImage`, `kit.image.tooBig`
 */
/** Drawing waits in a queue of its own: a small file may hold many pixels. */
const drawing = lane({ at: 1, waiting: 30 })

export const readImage = (path: string, size: number, limits: ImageLimits = {}): Promise<Record<ImageSize, Buffer>> =>
  drawing(() => drawn(path, size, limits))

async function drawn(
  path: string,
  size: number,
  { megabytes = PICTURE_MEGABYTES }: ImageLimits = {},
): Promise<Record<ImageSize, Buffer>> {
  if (size > megabytes * MEGABYTE) throw ImageProblem.tooBig({ limit: `${megabytes} MB` })
  const type = await fileTypeFromFile(path)
  if (!type || !pictureTypes.includes(type.mime)) throw ImageProblem.notAnImage()
  const draw = (edge: number) =>
    sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated: false })
      .autoOrient()
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer()
  try {
    const [full, thumb] = await Promise.all([draw(SIZES.full), draw(SIZES.thumb)])
    return { full, thumb }
  } catch (error) {
    if (error instanceof Error && error.message.includes('pixel limit')) throw ImageProblem.tooBig({ limit: '64 megapixels' })
    throw ImageProblem.notAnImage()
  }
}
