import { Worker } from 'node:worker_threads'
import bwipjs from 'bwip-js/node'
import { lane } from '../host/lane.ts'

export interface PrintJob {
  readonly id: number
  readonly kind: 'pdf' | 'raster' | 'svg'
  readonly template: string
  /** As JSON. */
  readonly data: string
  readonly dots: number
}
export type PrintAnswer =
  | { readonly id: number; readonly bytes: Uint8Array; readonly height: number }
  | { readonly id: number; readonly error: string }

const WORKER = new URL('print-worker.ts', import.meta.url)
const SECONDS = 60

/**
 * Where it is printed: what somebody waits for at a counter (receipts, invoices, papers) is never behind what comes in sheets (labels,
 * lists, reports), which has a thread of its own.
 */
export type Press = 'counter' | 'sheets'

let printed = 0

/** Has documents set in a thread, one after the other; when it dies of one, or takes too long, the next gets a new thread. */
function press(): (job: Omit<PrintJob, 'id'>) => Promise<{ bytes: Buffer; height: number }> {
  // One document at a time; a print takes milliseconds, so a hundred that wait are a flood.
  const printing = lane({ at: 1, waiting: 100 })
  let worker: Worker | undefined

  /** Made at the first print: the fonts cost 30 MB that a process without printing should not pay. It keeps no process alive. */
  function theWorker(): Worker {
    if (worker) return worker
    const made = new Worker(WORKER, { stdout: false, stderr: false })
    made.unref()
    // Who waits for a print hears of it; while nobody does, it must not end the program.
    made.on('error', () => undefined)
    made.once('exit', () => {
      if (worker === made) worker = undefined
    })
    return (worker = made)
  }

  return (job) =>
    printing(
      () =>
        new Promise((resolve, reject) => {
          const own = theWorker()
          const id = (printed += 1)
          own.ref()
          const end = (error?: Error) => {
            clearTimeout(timer)
            own.off('message', hear)
            own.off('error', end)
            own.off('exit', gone)
            own.unref()
            if (error) reject(error)
          }
          const gone = () => end(new Error('the printing thread ended'))
          const hear = (answer: PrintAnswer) => {
            if (answer.id !== id) return
            if ('error' in answer) return end(new Error(answer.error))
            end()
            resolve({ bytes: Buffer.from(answer.bytes), height: answer.height })
          }
          const timer = setTimeout(() => {
            end(new Error(`printing took longer than ${SECONDS} s`))
            void own.terminate()
          }, SECONDS * 1000)
          own.on('message', hear)
          own.once('error', end)
          own.once('exit', gone)
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
          own.postMessage({ ...job, id })
        }),
    )
}
const presses: Readonly<Record<Press, ReturnType<typeof press>>> = { counter: press(), sheets: press() }

/** Longer than any column is wide at its smallest. */
const LONGEST = 30
const PART = 12

/** A word that no column holds is broken where it has to be, in place of leaving the paper; Arabic letters stay joined. */
function breakable(word: string): string {
  if (word.length <= LONGEST) return word
  const letters = [...word]
  const parts = Array.from({ length: Math.ceil(letters.length / PART) }, (_, at) =>
    letters.slice(at * PART, (at + 1) * PART).join(''),
  )
  return parts.join(/\p{Script=Arabic}/u.test(word) ? '\u200d\u200b\u200d' : '\u200b')
}
/** What is set, as JSON; pictures are not text. */
const settable = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'string' && value.length > LONGEST && !value.startsWith('<')
      ? value.split(' ').map(breakable).join(' ')
      : value,
  )

/**
 * Sets a document with Typst. `data` reaches the template as JSON (`json(bytes(sys.inputs.data))`) and never becomes part
 * of its source, so nothing that people typed can act as markup. About 3 ms a page.
 * @throws `kit.busy`
 */
export const printPdf = async (template: string, data: unknown, by: Press = 'counter'): Promise<Buffer> =>
  (await presses[by]({ kind: 'pdf', template, data: settable(data), dots: 0 })).bytes

/** The same document as a picture, one page below the other not included: the first page, `dots` wide, black and white. */
export async function printRaster(
  template: string,
  data: unknown,
  dots = 576,
  by: Press = 'counter',
): Promise<{ bytes: Buffer; width: number; height: number }> {
  return { width: dots, ...(await presses[by]({ kind: 'raster', template, data: settable(data), dots })) }
}

/** The same document as a picture for a screen, page below page; letters are drawn, so it needs no font. */
export const printSvg = async (template: string, data: unknown): Promise<string> =>
  (await presses.sheets({ kind: 'svg', template, data: settable(data), dots: 0 })).bytes.toString()

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

/**
 * The bars alone, for what sets them itself: how wide each is and the gap after it, in widths of the narrowest.
 * @throws Error when the text does not fit the symbology
 */
export const barsOf = (kind: Exclude<Symbology, 'qrcode'>, text: string): readonly number[] =>
  (bwipjs.raw({ bcid: kind, text }) as unknown as { sbs: number[] }[])[0]!.sbs
