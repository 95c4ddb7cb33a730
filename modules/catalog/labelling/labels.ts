import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

/** Paper with labels on it, in millimetres: a sheet of A4 of so many columns and rows, or a roll with one label a page. */
export interface LabelPaper {
  readonly width: number
  readonly height: number
  readonly columns: number
  readonly rows: number
  /** From the edge of the sheet to its first label. */
  readonly left: number
  readonly top: number
  /** From one label to the next one beside it. */
  readonly pitch: number
}

const roll = (width: number, height: number): LabelPaper => ({
  width,
  height,
  columns: 1,
  rows: 1,
  left: 0,
  top: 0,
  pitch: width,
})

/** What is sold as label paper nearly everywhere; sheets first, those with the largest labels above. */
export const labelPapers = {
  'a4-2x4': { width: 99.1, height: 67.7, columns: 2, rows: 4, left: 4.65, top: 13.1, pitch: 101.6 },
  'a4-3x7': { width: 63.5, height: 38.1, columns: 3, rows: 7, left: 7.2, top: 15.15, pitch: 66.05 },
  'a4-3x8': { width: 70, height: 37, columns: 3, rows: 8, left: 0, top: 0.5, pitch: 70 },
  'a4-4x10': { width: 52.5, height: 29.7, columns: 4, rows: 10, left: 0, top: 0, pitch: 52.5 },
  'a4-5x13': { width: 38.1, height: 21.2, columns: 5, rows: 13, left: 4.75, top: 10.7, pitch: 40.6 },
  'roll-100x50': roll(100, 50),
  'roll-57x32': roll(57, 32),
  'roll-50x30': roll(50, 30),
  'roll-40x25': roll(40, 25),
} as const satisfies Readonly<Record<string, LabelPaper>>
export type LabelPaperName = keyof typeof labelPapers
export const paperNames = Object.keys(labelPapers) as [LabelPaperName, ...LabelPaperName[]]

export const isRoll = (paper: LabelPaperName): boolean => paper.startsWith('roll-')
export const perSheet = ({ columns, rows }: LabelPaper): number => columns * rows

/** So many labels are printed at once: a hundred sheets of A4, an hour of a label printer. */
export const MOST_LABELS = 2000

export const LabelProblem = problems('catalog.label', {
  tooMany: { status: 422, say: '{n} labels are too many at once. Print {most} at most, then the rest.' },
  gone: { status: 409, say: '{name} is not for sale any more. Take it off the list.' },
  noSuchPlace: { status: 422, say: 'A sheet of this paper has {most} labels. Begin at one of them.' },
  notForSheets: { status: 422, say: 'This file is for a label printer. Choose labels from a roll.' },
})

/** Which labels, for which store's prices, on what. */
export const labelsInput = z.object({
  place: z.uuid(),
  /** On the shelf the price is large, on the article its barcode. */
  kind: z.enum(['shelf', 'article']),
  paper: z.enum(paperNames),
  /** On a begun sheet, the first label that is left; counted along the rows. */
  first: z.number().int().min(1).max(100).default(1),
  locale: localeSchema.optional(),
  items: z
    .array(z.object({ variant: z.uuid(), count: z.number().int().min(1).max(MOST_LABELS) }))
    .min(1)
    .max(MOST_LABELS),
})
export type LabelsInput = z.output<typeof labelsInput>
