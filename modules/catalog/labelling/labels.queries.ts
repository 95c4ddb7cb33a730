import { Readable } from 'node:stream'
import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { Download } from '#kit/server/list/export.ts'
import { printPdf, printSvg } from '#kit/server/paper/print.ts'
import { MOST_NAMED } from '../label/label.rules.ts'
import { sheetsOf } from './labels.rules.ts'
import { isRoll, labelPapers, perSheet, labelsInput, LabelProblem, MOST_LABELS, type LabelsInput } from './labels.ts'
import { articlesAt, variantsOf } from './article.store.ts'
import { firstSheet, setLabels } from './set.store.ts'
import { labelTemplate } from './labels.typ.ts'
import { zplOf } from './zpl.store.ts'

/** Articles as their labels will tell them, with what the tills of a place ask for them today. */
export const showLabelled = query({
  name: 'catalog.showLabelled',
  can: 'catalog.product.read',
  input: z.object({
    place: z.uuid(),
    variants: z.array(z.uuid()).max(MOST_LABELS).default([]),
    products: z.array(z.uuid()).max(MOST_NAMED).default([]),
  }),
  place: (input) => input.place,
  async run(reading, { place, variants, products }) {
    const ids = [...variants, ...(products.length > 0 ? await variantsOf(reading, products) : [])]
    return { rows: await articlesAt(reading, place, ids.slice(0, MOST_LABELS)) }
  },
})

function judge({ items, paper, first }: LabelsInput): number {
  const n = items.reduce((all, { count }) => all + count, 0)
  if (n > MOST_LABELS) throw LabelProblem.tooMany({ n, most: MOST_LABELS })
  const most = perSheet(labelPapers[paper])
  if (first > most) throw LabelProblem.noSuchPlace({ most })
  return n
}

/** The first sheet as it will come out of the printer. */
export const previewLabels = query({
  name: 'catalog.previewLabels',
  can: 'catalog.product.read',
  input: labelsInput,
  place: (input) => input.place,
  async run(reading, input) {
    const n = judge(input)
    const set = await setLabels(reading, { ...input, items: firstSheet(input) })
    return {
      svg: await printSvg(labelTemplate, { ...set, isPreview: true }),
      labels: n,
      sheets: sheetsOf(n, labelPapers[input.paper], input.first),
    }
  },
})

/** Labels to be printed: a PDF for any printer, or what label printers speak. */
export const printLabels = query({
  name: 'catalog.printLabels',
  can: 'catalog.product.read',
  input: labelsInput.extend({ format: z.enum(['pdf', 'zpl']).default('pdf') }),
  place: (input) => input.place,
  async run(reading, { format, ...input }) {
    judge(input)
    if (format === 'zpl' && !isRoll(input.paper)) throw LabelProblem.notForSheets()
    const set = await setLabels(reading, input)
    if (format === 'zpl') return new Download(Readable.from(zplOf(set), { objectMode: false }), 'labels.zpl', 'text/plain')
    const pdf = await printPdf(labelTemplate, set, 'sheets')
    return new Download(Readable.from([pdf]), 'labels.pdf', 'application/pdf', { inline: true })
  },
})
