import type { RawPaper } from './paper.typ.ts'
import { paperTemplate, rollTemplate } from './paper.typ.ts'
import { withLogo } from '../files/logo.ts'
import { barcodeSvg, printPdf, type Press } from './print.ts'

/** Who writes: the company, its place, and the lines below their names. */
export interface Letterhead {
  readonly lang: string
  readonly rtl: boolean
  readonly company: string
  readonly place: string
  readonly head: readonly string[]
  /** A file. */
  readonly logo: string | null
}

export interface Paper extends Letterhead {
  readonly title: string
  /** Says COPY on one that was issued before. */
  readonly copy?: string | null
  readonly number: string
  /** What it is about, in two columns: label and text. */
  readonly facts: readonly (readonly [string, string])[]
  /** `end` columns hold figures. */
  readonly columns: readonly { readonly title: string; readonly end?: boolean }[]
  readonly rows: readonly (readonly string[])[]
  /** Below the table; the last one stands out. */
  readonly sums: readonly (readonly [string, string])[]
  readonly note?: string | null
  /** Lines to sign on. */
  readonly signatures?: readonly string[]
}

/** A document on A4 with the company's head, its number as a barcode, a table over as many pages as it needs, and sums. */
export const paperPdf = async (paper: Paper, by?: Press): Promise<Buffer> =>
  printPdf(
    paperTemplate,
    {
      note: null,
      copy: null,
      signatures: [],
      ...(await withLogo(paper, 'paper')),
      // A scanner finds the paper again; a number with other signs than Code 128 knows goes without.
      barcode: /^[\x20-\x7e]{1,40}$/.test(paper.number) ? barcodeSvg('code128', paper.number) : null,
    } satisfies RawPaper,
    by,
  )

export interface Roll extends Letterhead {
  readonly title: string
  /** Says COPY on one that was issued before. */
  readonly copy?: string | null
  readonly number: string
  readonly facts: readonly (readonly [string, string])[]
  readonly sections: readonly { readonly title: string; readonly pairs: readonly (readonly [string, string])[] }[]
  readonly note?: string | null
}

/** The same for an 80 mm roll: pairs under headings. */
export const rollPdf = (roll: Roll): Promise<Buffer> => printPdf(rollTemplate, { note: null, copy: null, ...roll })
