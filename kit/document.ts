import { z } from 'zod'
import { documentKind, type DocumentKind } from './document-kind.ts'
import {
  createShape,
  entity,
  type CreateShape,
  type Entity,
  type EntitySpec,
  type Fields,
  type RowOf,
  type WireOf,
} from './entity.ts'
import { event, type EventType } from './event.ts'
import type { Machine } from './machine.ts'
import { series, type Series } from './number.ts'
import type { Part } from './part.ts'

/**
 * A document is a head with lines, a life, a number, and what its steps post: an order, a transfer, an invoice. Declared once,
 * it is an entity like others, with its list, search, export and history; its lines are written and shown with it, never alone.
 * What a step means, and what it posts, are functions written by hand (`act`).
 */
export interface Document<
  F extends Fields = Fields,
  L extends Machine | undefined = Machine | undefined,
  Path extends string = string,
  LF extends Fields = Fields,
> extends Entity<F, L, Path> {
  readonly lines: Lines<LF>
  /** Its numbers; a part of its module's manifest. None where the step that posts it draws one, from whichever series it says. */
  readonly series?: Series & Part
  /** The step that gives a number to one that had none as a draft; left out, each has one from its beginning. */
  readonly numberedBy?: string
  /** As the ledgers name it; where they know it under several names, those are declared beside it. */
  readonly kind?: DocumentKind
  /** Announced whenever one is written or takes a step. */
  readonly changed: EventType<{ id: string; place: string | null }>
}

/** What is declared of a line. Its table has `id`, `document` and `position` beside these. */
export interface Lines<LF extends Fields = Fields> {
  readonly table: string
  readonly fields: LF
  /** States of its document in which they stay as they are, though something on its head may still be changed. */
  readonly fixedIn?: readonly string[]
  /** No document holds more of them. */
  readonly most: number
}

export interface DocumentSpec<
  F extends Fields,
  L extends Machine | undefined,
  Path extends string,
  LF extends Fields,
  N extends string | undefined,
> extends EntitySpec<F, L, Path> {
  readonly lines: Lines<LF>
  /**
   * The form of its numbers until the company chooses another: `PO-{YYYY}-{NNNNN}`. Left out where a draft has none, and the step
   * that posts it draws one, from whichever series it says.
   */
  readonly numbers?: N
  /** Its first number is given by this step, so that drafts which come to nothing leave no gap. */
  readonly numberedBy?: L extends Machine<string, infer Verb> ? NoInfer<Verb> : never
}

/** A document that is of one kind, with numbers of one series. */
interface Numbered {
  readonly series: Series & Part
  readonly kind: DocumentKind
}

/** A line as the server reads it: its fields, its id where the writer gave one, in the order of the document. */
export type LineInput<LF extends Fields> = RowOf<{ fields: LF }> & { readonly id?: string }
/** A line as it is stored. */
export type LineRow<LF extends Fields = Fields> = RowOf<{ fields: LF }> & { readonly id: string; readonly position: number }
export type LineWire<LF extends Fields = Fields> = WireOf<{ fields: LF }> & { readonly id: string; readonly position: number }

export const declaredDocuments = new Map<string, Document>()

/** `document('sourcing_purchase', { name: 'sourcing.purchase', numbers: 'PO-{YYYY}-{NNNNN}', lines: { table, fields, most }, … })` */
export function document<
  const F extends Fields,
  const Path extends string,
  const LF extends Fields,
  const L extends Machine | undefined = undefined,
  const N extends string | undefined = undefined,
>(
  table: string,
  { lines, numbers, numberedBy, ...spec }: DocumentSpec<F, L, Path, LF, N>,
): Document<F, L, Path, LF> & (N extends string ? Numbered : unknown) {
  const head = entity(table, spec as EntitySpec<F, L, Path>)
  const made: Document<F, L, Path, LF> = Object.assign(head, {
    lines,
    ...(numbers !== undefined && {
      series: series(spec.name, numbers),
      kind: documentKind(spec.name, { path: spec.path, can: spec.can.read }),
    }),
    ...(numberedBy !== undefined && { numberedBy }),
    changed: event(`${spec.name}.changed`, spec.can.read, z.object({ id: z.uuid(), place: z.uuid().nullable() })),
  })
  declaredDocuments.set(table, made as unknown as Document)
  return made as Document<F, L, Path, LF> & (N extends string ? Numbered : unknown)
}

/** Do its lines stay as they are, as it is now? */
export const areLinesFixed = ({ lines }: Pick<Document, 'lines'>, row: object): boolean =>
  lines.fixedIn?.includes(String((row as { state?: unknown }).state)) ?? false

/** Reads the lines of a document, in their order. Unknown names are refused; ids are those of lines that stay. */
export const linesSchema = <LF extends Fields>({ lines: of }: { lines: Lines<LF> }): z.ZodType<LineInput<LF>[]> =>
  z
    .array(z.strictObject({ id: z.uuid().optional(), ...(createShape(of) as CreateShape<Fields>) }))
    .max(of.most)
    .refine((lines) => isEachOnce(lines.flatMap(({ id }) => (id ? [id] : []))), { error: 'twice' }) as unknown as z.ZodType<
    LineInput<LF>[]
  >

const isEachOnce = (ids: readonly string[]): boolean => new Set(ids).size === ids.length
