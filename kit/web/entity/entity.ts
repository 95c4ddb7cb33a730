import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { declaredEntities, visibleFields, type Entity, type Field, type Fields, type WireOf } from '../../entity.ts'
import type { Translate } from '../../words.ts'
import { request, toQuery } from '../base/request.ts'
import type { Search } from '../base/url.tsx'

/** A row as JSON carries it; pages that know their entity use `WireOf`. */
export type WireRow = Readonly<Record<string, unknown>> & {
  readonly id: string
  readonly version?: number
  readonly archivedAt?: string | null
}
/** The same for an entity that a page knows: each field as JSON carries it. */
export type WireRowOf<E extends { readonly fields: Fields }> = WireOf<E> & WireRow
export type Refs = Readonly<Record<string, string>>

export interface RowsPage {
  readonly rows: WireRow[]
  readonly next: string | null
  readonly refs: Refs
}

const LIMIT = 60

/** The rows of an entity that the filters leave, page by page. */
export const rowsQuery = (entity: Entity, filters: Search, from = entity.path) =>
  infiniteQueryOptions({
    queryKey: [entity.name, 'rows', from, filters],
    queryFn: ({ pageParam, signal }) =>
      request<RowsPage>('GET', from + toQuery({ ...filters, limit: LIMIT, ...(pageParam && { cursor: pageParam }) }), undefined, {
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })

/** What the figures of a list add up to over all that the filters leave; `count` is nothing where that is too many to add up. */
export const sumsQuery = (entity: Entity, filters: Search, from = entity.path) =>
  queryOptions({
    queryKey: [entity.name, 'sums', from, filters],
    queryFn: ({ signal }) =>
      request<{ count: number | null; sums: Readonly<Record<string, string>> }>(
        'GET',
        `${from}/sums${toQuery(filters)}`,
        undefined,
        {
          signal,
        },
      ),
  })

/** The rows of a group: what they have in common as a filter takes it, how many they are and what they add up to. */
export interface GroupRow {
  readonly key: string | null
  readonly count: number
  readonly sums: Readonly<Record<string, string>>
}

export const groupsQuery = (entity: Entity, group: string, filters: Search) =>
  queryOptions({
    queryKey: [entity.name, 'groups', group, filters],
    queryFn: ({ signal }) =>
      request<{ rows: readonly GroupRow[] | null; isMore: boolean; refs: Refs }>(
        'GET',
        `${entity.path}/groups${toQuery({ ...filters, group })}`,
        undefined,
        { signal },
      ),
  })

export interface OneRow<Row extends WireRow = WireRow> {
  readonly row: Row
  readonly refs: Refs
  /** It must stay as it is until the hold on it is lifted. */
  readonly isHeld?: boolean
}

/** One row, typed by its entity where the page names one. */
export const rowQuery = <E extends Entity>(entity: E, id: string) =>
  queryOptions({
    queryKey: [entity.name, 'row', id],
    queryFn: ({ signal }) =>
      request<OneRow<Entity extends E ? WireRow : WireRowOf<E>>>('GET', `${entity.path}/${id}`, undefined, { signal }),
  })

export interface Life {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly command: string
  readonly reason?: string | null
  readonly changes: readonly { field: string; before: unknown; after: unknown }[]
}

export const historyQuery = (entity: Entity, id: string, at = `${entity.path}/${id}/history`) =>
  queryOptions({
    queryKey: [entity.name, 'history', id, at],
    queryFn: ({ signal }) => request<{ rows: Life[]; refs?: Refs }>('GET', at, undefined, { signal }),
  })

export const fieldLabel = (t: Translate, entity: Entity, name: string): string =>
  entity.fields[name]?.label ?? t.of('field', `${entity.name}.${name}`)
export function choiceLabel(t: Translate, entity: Entity, name: string, value: string): string {
  const { label, shows } = entity.fields[name] ?? {}
  // What the company lets people choose is said as the company wrote it.
  if (label) return value
  return shows === 'entity' ? t.of('entity', value) : t.of('state', `${entity.name}.${name}.${value}`)
}
export const entityTitle = (entity: Entity, row: WireRow, refs: Refs = {}): string => {
  const title = refs[row.id] ?? row[entity.title]
  return typeof title === 'string' ? (refs[title] ?? title) : row.id.slice(0, 8)
}
/** A field of a row as its reader is to see it: what a new company began with is called in their language. */
export const shownValue = (entity: Entity, name: string, row: WireRow, refs: Refs): unknown =>
  name === entity.title && (entity.seeded || row[name] === null) ? (refs[row.id] ?? row[name]) : row[name]
/** "New category": the name inside a sentence, unless it is an abbreviation. */
export const inSentence = (t: Translate, name: string): string =>
  /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLocaleLowerCase(t.locale) + name.slice(1) : name

/** The entity that a reference points to, when this program knows it. */
export const targetOf = (field: Field): Entity | undefined => (field.to ? declaredEntities.get(field.to) : undefined)

/** Fields of a list, of those that this person may see. */
export function columnsOf(entity: Entity, may: (permission: string) => boolean): [string, Field][] {
  const visible = new Map(visibleFields(entity, may))
  return entity.list.flatMap((name) => (visible.has(name) ? [[name, visible.get(name)!] as [string, Field]] : []))
}

/** Figures stand at the end of their column, under each other. */
export const isFigure = (field: Field): boolean => ['integer', 'money', 'quantity', 'rate'].includes(field.kind)
