import { problems } from './problem.ts'

export const AttachmentProblem = problems('kit.attachment', {
  wrongType: {
    status: 422,
    say: 'A file like this is not kept here. Attach a picture, a PDF, a document of an office program, a CSV file or plain text.',
  },
  full: {
    status: 409,
    say: 'There is no more room for attachments: {limit} are kept here. Take back files that nobody needs, or ask somebody who decides what is kept for more.',
  },
  tooBig: { status: 413, say: 'This file is too large. Attach one of at most {limit}.' },
})

export const ATTACHED_MEGABYTES = 10
/** Texts tell by their ends what they are; all else by its content. */
export const textEndings = ['csv', 'tsv', 'txt', 'md'] as const
/** What a picker of files offers; the server looks into what comes. */
export const ATTACHED_ACCEPT = [
  'image/jpeg,image/png,image/webp,image/avif,image/gif',
  '.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp',
  ...textEndings.map((ending) => `.${ending}`),
].join(',')
