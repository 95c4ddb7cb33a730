import { problems } from './problem.ts'

export const ImageProblem = problems('kit.image', {
  notAnImage: { status: 422, say: 'This is not a picture that can be shown. Send a JPEG, PNG, WebP or AVIF file.' },
  tooBig: { status: 413, say: 'This picture is too large. Send one of at most {limit}.' },
})

/** What is taken as a picture, by what a file says that it is; the server looks into it. */
export const pictureTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif']
/** Unless a place for pictures says less. */
export const PICTURE_MEGABYTES = 15
