import { z } from 'zod'
import { holdsAt, may } from '../../access.ts'
import { areLinesFixed, linesSchema, type Document, type LineInput, type LineRow } from '../../document.ts'
import { changeShape, createShape, strictly, type Fields, type InputOf, type RowOf } from '../../entity.ts'
import { newId } from '../../id.ts'
import type { Machine } from '../../machine.ts'
import { CommonProblem } from '../../problem.ts'
import type { Series } from '../../number.ts'
import { command, query, type Command, type Query } from '../door/command.ts'
import type { Reading, Tx } from '../door/context.ts'
import { happened } from '../door/happening.ts'
import { heldOf } from '../door/scope.ts'
import { nextNumber } from '../door/series.ts'
import {
  getRow,
  insertRow,
  lockRow,
  listRoutes,
  looking,
  refuseEnded,
  refuseHidden,
  refuseOverlap,
  refusePlace,
  updateRow,
  withoutNothing,
  type ListRoutes,
  type Locked,
} from '../list/crud.ts'
import { owned, readCustom } from '../list/custom.ts'
import { titlesOf } from '../list/list.ts'
import { wordsFor } from '../host/words.ts'
import { changesOfLines, lineRights, linesOf, refuseHiddenLines, shownLines, writeLines } from './lines.ts'

type Values = Record<string, unknown>

/** What a module adds to how its documents are written; each is a plain function in its transaction. */
export interface DocumentHooks<F extends Fields, LF extends Fields> {
  /**
   * Judges head and lines as somebody writes them, and says what else stands on them: columns of the head that no form sets
   * (`businessDay` is the day of its number), lines with what they are worth. Called under the lock of a document that is there;
   * once its lines are fixed they are as they were judged, and nobody asks.
   */
  write?(
    tx: Tx,
    head: Partial<InputOf<{ fields: F }>> & { readonly id: string },
    lines: readonly LineInput<LF>[],
    before: { readonly row: Locked<F>; readonly lines: readonly LineRow<LF>[] } | undefined,
  ): Promise<Written<LF>> | Written<LF>
  /** What a page shows beside each line and its fields: what an article is called. By the id of the line. */
  describe?(reading: Reading, lines: readonly LineRow<LF>[], row: RowOf<{ fields: F }>): Promise<ReadonlyMap<string, Values>>
  /** What a page shows beside the head. */
  also?(reading: Reading, row: RowOf<{ fields: F }>, lines: readonly LineRow<LF>[]): Promise<Values>
}

interface Written<LF extends Fields> {
  readonly values?: Values
  readonly lines?: readonly LineInput<LF>[]
  /** Whoever writes it may do so at this place: the hook has judged it. */
  readonly isJudged?: boolean
}

/** A document as its page shows it. */
export interface Shown<F extends Fields, LF extends Fields> {
  readonly row: Awaited<ReturnType<typeof getRow<F>>>['row']
  readonly lines: readonly LineRow<LF>[]
  readonly refs: Record<string, string>
  readonly isHeld: boolean
}

/**
 * The verbs that every document has: list, show, create and change with its lines, history, export. A new one gets its number in
 * the same transaction, unless a step gives it later. `act` makes the steps of its life.
 */
export function documents<F extends Fields, L extends Machine | undefined, P extends string, LF extends Fields>(
  of: Document<F, L, P, LF>,
  hooks: DocumentHooks<F, LF> = {},
) {
  const write = of.can.write ?? of.can.read
  const looked = looking(of)

  const get: Query<{ id: string }, Shown<F, LF>> = query({
    name: `${of.name}.get`,
    can: of.can.read,
    input: z.object({ id: z.uuid() }),
    async run(reading, { id }) {
      const [found, lines] = await Promise.all([getRow(reading, of, id), linesOf(reading.db, of, id)])
      const row = found.row as unknown as RowOf<{ fields: F }>
      const shown = shownLines(of, lines, await heldOf(reading.db, of, id, reading.actor, lineRights(of)))
      const [described, more, refs] = await Promise.all([
        hooks.describe?.(reading, lines, row),
        hooks.also?.(reading, row, lines),
        titlesOf(reading.db, Object.entries(of.lines.fields), shown, wordsFor(reading.actor.locale)),
      ])
      return {
        ...found,
        ...more,
        refs: { ...found.refs, ...refs },
        lines: shown.map((line) => ({ ...line, ...described?.get(line.id) })),
      }
    },
  })

  const create = command({
    name: `${of.name}.create`,
    can: write,
    input: newInput(of),
    run: (tx, input) => writeNew(tx, of, hooks, input, write),
  })

  const change = command({
    name: `${of.name}.change`,
    can: write,
    input: z.object({
      id: z.uuid(),
      ifMatch: z.coerce.number().int().optional(),
      changes: strictly(of, { ...changeShape(of), lines: linesSchema(of).optional() }),
    }),
    async run(tx, { id, ifMatch, changes: asked }) {
      const { lines: typed, ...sent } = asked as Partial<InputOf<{ fields: F }>> & { lines?: LineInput<LF>[] }
      const own = await owned(tx.db, of)
      const changes = await readCustom(tx, own, sent, { isNew: false })
      refuseHidden(tx, of, changes)
      const row = await lockRow(tx, own, id)
      if (typed) refuseHiddenLines(of, typed, await heldOf(tx.db, of, id, tx.actor, lineRights(of)))
      refuseEnded(of, row, changes)
      const isSettled = areLinesFixed(of, row)
      if (typed && isSettled) throw CommonProblem.fixedNow({ field: `${of.name}.lines`, state: String((row as Values)['state']) })
      refusePlace(tx, of, write, changes)
      if (ifMatch !== undefined && ifMatch !== row.version) await refuseOverlap(tx, row, ifMatch, asked)
      const before = await linesOf(tx.db, of, id)
      const head = { ...(changes as Partial<InputOf<{ fields: F }>>), id }
      const written = isSettled ? undefined : await hooks.write?.(tx, head, typed ?? before, { row, lines: before })
      const { values = {}, lines = typed } = written ?? {}
      const after = lines ? await writeLines(tx, of, id, lines, before) : before
      const version = await updateRow(
        tx,
        own,
        row,
        { ...changes, ...values } as never,
        changesOfLines(before as never, after as never),
      )
      if (version !== row.version)
        await happened(tx, { what: 'changed', table: of.table, record: id, values: { ...row, ...changes, ...values } })
      announce(tx, of, { ...row, ...changes })
      return { id, number: ((row as Values)['number'] ?? null) as string | null, version }
    },
  })
  return { ...looked, get, create, change }
}

/** What a new one is written with. */
export const newInput = <F extends Fields, L extends Machine | undefined, P extends string, LF extends Fields>(
  of: Document<F, L, P, LF>,
): z.ZodType<Values> =>
  strictly(of, { id: z.uuidv7().optional(), ...createShape(of), lines: linesSchema(of) }) as z.ZodType<Values>

/** A new document with its lines, written by somebody who holds `right` where it belongs. */
export async function writeNew<F extends Fields, L extends Machine | undefined, P extends string, LF extends Fields>(
  tx: Tx,
  of: Document<F, L, P, LF>,
  hooks: DocumentHooks<F, LF>,
  input: Values,
  right: string,
): Promise<{ id: string; number: string | null; version: number }> {
  const {
    id = newId(),
    lines: typed,
    ...sent
  } = input as unknown as InputOf<{ fields: F }> & { id?: string; lines: LineInput<LF>[] }
  const own = await owned(tx.db, of)
  const head = await readCustom(tx, own, sent, { isNew: true })
  refuseHidden(tx, of, withoutNothing(head))
  if (!isPlaceGiven(of)) refusePlace(tx, of, right, { ...(of.scope?.place && { [of.scope.place]: null }), ...head })
  const written = await hooks.write?.(tx, { ...(head as InputOf<{ fields: F }>), id }, typed, undefined)
  const { values = {}, lines = typed, isJudged = false } = written ?? {}
  if (isPlaceGiven(of) && !isJudged) tx.mayAt(right, (values[of.scope!.place!] as string | undefined) ?? null)
  refuseHiddenLines(of, typed, holdsWhere(tx, of, { ...head, ...values }))
  const number = of.series && !of.numberedBy ? await numberOf(tx, of.series, values) : null
  const by = 'createdBy' in of.fields && { createdBy: tx.actor.id }
  await insertRow(tx, own, { ...head, ...values, ...by, id, ...(number !== null && { number }) } as never, {
    lines: lines.length,
  })
  await writeLines(tx, of, id, lines)
  await happened(tx, { what: 'made', table: of.table, record: id, values: { state: of.life?.start, ...head, ...values } })
  announce(tx, of, { id, ...head, ...values })
  return { id, number, version: 1 }
}

/** The next number of a document, of the business day that stands on it. */
export function numberOf(tx: Tx, series: Series, values: object): Promise<string> {
  const day = (values as Values)['businessDay']
  return nextNumber(tx, series, null, typeof day === 'string' ? { day } : {})
}

/** What somebody holds where a new one belongs. */
const holdsWhere =
  ({ actor }: Tx, { scope }: Pick<Document, 'scope'>, values: Values) =>
  (permission: string): boolean =>
    scope?.place ? holdsAt(actor, permission, (values[scope.place] as string | undefined) ?? null) : may(actor, permission)

/** Is its place told by what stands on it, and typed by nobody? */
const isPlaceGiven = (of: Pick<Document, 'scope' | 'fields'>): boolean => {
  const place = of.scope?.place
  return place !== undefined && of.fields[place]?.readonly === true
}

/** Screens that show it hear that it is another one now, at both ends of what goes from one place to another. */
export function announce(tx: Tx, of: Pick<Document, 'changed' | 'scope'>, row: Readonly<Values> & { readonly id: string }): void {
  const { place, alsoPlace } = of.scope ?? {}
  const places = [place, alsoPlace].flatMap((field) => (field && typeof row[field] === 'string' ? [row[field]] : []))
  for (const one of places.length > 0 ? new Set(places) : [null]) tx.emit(of.changed, { id: row.id, place: one })
}

type Verbs<F extends Fields, LF extends Fields> = ReturnType<typeof looking<F>> & {
  readonly get: Query<{ id: string }, Shown<F, LF>>
  readonly create: Command<Values, { id: string; number: string | null; version: number }>
  readonly change: Command<Values, { id: string; number: string | null; version: number }>
}

/** The routes of `documents`, below the path of the document. */
export type DocumentRoutes<F extends Fields, LF extends Fields, P extends string> = ListRoutes<F, P> & {
  readonly [At in `GET ${P}/:id`]: Verbs<F, LF>['get']
} & { readonly [At in `GET ${P}/:id/history`]: Verbs<F, LF>['history'] } & {
  readonly [At in `POST ${P}`]: Verbs<F, LF>['create']
} & { readonly [At in `PATCH ${P}/:id`]: Verbs<F, LF>['change'] }

export function documentRoutes<F extends Fields, L extends Machine | undefined, P extends string, LF extends Fields>(
  of: Document<F, L, P, LF>,
  hooks: DocumentHooks<F, LF> = {},
): DocumentRoutes<F, LF, P> {
  const verbs = documents(of, hooks)
  const at = of.path
  return {
    ...listRoutes(of, verbs),
    [`GET ${at}/:id`]: verbs.get,
    [`GET ${at}/:id/history`]: verbs.history,
    [`POST ${at}`]: verbs.create,
    [`PATCH ${at}/:id`]: verbs.change,
  } as unknown as DocumentRoutes<F, LF, P>
}
