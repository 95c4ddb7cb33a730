import { z } from 'zod'
import { reachOf, type Actor } from '../../access.ts'
import { ref, visibleFields, type Entity } from '../../entity.ts'
import { whole, type Part } from '../../part.ts'
import { CommonProblem } from '../../problem.ts'
import { query } from '../door/command.ts'
import { requireReach, type Reading } from '../door/context.ts'
import { pointedIn } from '../list/crud.ts'
import { owned } from '../list/custom.ts'
import { titlesOf } from '../list/list.ts'
import { wordsFor } from '../host/words.ts'
import { recordInput, seenRecord } from './record.ts'

/** One thing that happened to a record, or that points to it. */
export interface TimelineRow {
  readonly id: string
  readonly at: Temporal.Instant
  /** Whose doing it was: the id of a person, or a name as it was then. */
  readonly by?: { readonly person: string | null } | { readonly name: string }
  readonly facts: Readonly<Record<string, unknown>>
}

/** What is asked of a source: what is older than `before`, the newest first, no more than `limit`. */
export interface Asked {
  readonly of: Entity
  readonly id: string
  readonly before: { readonly at: Temporal.Instant; readonly id: string } | undefined
  readonly limit: number
}

/** Where things of one kind come from: changes, notes, messages. */
export interface TimelineSource {
  /** Its words: `timeline.kind.<name>`. */
  readonly name: string
  /** Is there any of it for this reader, around a record of this kind? Where it is left out there is. */
  isFor?(actor: Actor, of: Entity): boolean
  /** Reads what this reader may see, whose right to the record has been judged. */
  rows(reading: Reading, asked: Asked): Promise<readonly TimelineRow[]>
}

const sources = whole<TimelineSource>()
export const timelineSource = (source: TimelineSource): Part => sources.part(source)

const PAGE = 30

/** All that happened around a record in one stream, the newest first: changes, notes, files, messages, papers that point to it. */
export const listTimeline = query({
  name: 'kit.listTimeline',
  can: 'signedIn',
  input: recordInput.extend({ show: z.string().max(40).optional(), cursor: z.string().max(200).optional() }),
  async run(reading, { show, cursor, ...input }) {
    const { of: declared, id } = await seenRecord(reading, input)
    const of = await owned(reading.db, declared)
    const asked = { of, id, before: cursor ? readCursor(cursor) : undefined, limit: PAGE + 1 }
    const within = { ...reading, reach: requireReach(reading.actor, of.can.read) }
    const offered = sources.all().filter((one) => one.isFor?.(reading.actor, of) ?? true)
    const wanted = offered.filter((one) => show === undefined || one.name === show)
    const found = await Promise.all(
      wanted.map(async (source) => (await source.rows(within, asked)).map((row) => ({ ...row, kind: source.name }))),
    )
    const merged = found.flat().toSorted((a, b) => Temporal.Instant.compare(b.at, a.at) || (a.id < b.id ? 1 : -1))
    const rows = merged.slice(0, PAGE)
    const last = rows.at(-1)
    return {
      ...(await named(reading, of, rows)),
      kinds: offered.map((one) => one.name),
      next: merged.length > PAGE && last ? writeCursor(last) : null,
    }
  },
})

/** Rows with the names of people in place of their ids, and the titles of what changes point to. */
async function named(reading: Reading, of: Entity, rows: readonly (TimelineRow & { readonly kind: string })[]) {
  const { db, actor } = reading
  // What changes may tell has been left by those who told it.
  const visible = visibleFields(of, (permission) => reachOf(actor, permission) !== undefined)
  const pointed = rows.flatMap(({ by, facts }) => [
    { 'timeline.by': by && 'person' in by ? by.person : null },
    ...((facts['mentions'] as string[] | undefined) ?? []).map((one) => ({ 'timeline.by': one })),
    { 'timeline.by': (facts['person'] as string | undefined) ?? null },
  ])
  const changes = rows.flatMap(({ facts }) => (facts['changes'] as Parameters<typeof pointedIn>[1] | undefined) ?? [])
  const [inner, changed] = pointedIn(of, changes)
  const refs = await titlesOf(
    db,
    [...visible, ...inner, ['timeline.by', ref('access_user')]],
    [...pointed, ...changed],
    wordsFor(actor.locale),
    actor,
  )
  return {
    refs,
    rows: rows.map(({ by, ...row }) => ({
      ...row,
      by: !by ? null : 'name' in by ? by.name : ((by.person && refs[by.person]) ?? null),
      isMine: by !== undefined && 'person' in by && by.person !== null && by.person === actor.id,
    })),
  }
}

const writeCursor = ({ at, id }: TimelineRow): string => `${at.toString()}_${id}`

function readCursor(text: string): { at: Temporal.Instant; id: string } {
  try {
    const [at = '', id = ''] = text.split('_')
    return { at: Temporal.Instant.from(at), id: z.uuid().parse(id) }
  } catch {
    throw CommonProblem.badCursor()
  }
}
