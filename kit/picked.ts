import { isCustom } from './custom.ts'
import { changeShape, type Entity, type Field, type FieldKind } from './entity.ts'

/** So many records are acted on by one request. */
export const MOST_PICKED = 200

/** What may be said of many records at once: no name, no code, nothing that is one record's own. */
const SHARED: ReadonlySet<FieldKind> = new Set(['ref', 'choice', 'flag', 'day', 'money', 'rate', 'integer', 'quantity', 'texts'])

/** The fields of an entity that may be set for many records at once, by somebody with these rights. */
export function sharedFields(of: Entity, holds: (permission: string) => boolean): [string, Field][] {
  // Whoever changes one of these says why, each time anew.
  if (of.reasoned) return []
  const changeable = changeShape(of)
  const own = new Set([of.title, ...(of.naturalKey ?? []), ...Object.values(of.scope ?? {})])
  return Object.entries(of.fields).filter(
    ([name, field]) =>
      name in changeable &&
      !own.has(name) &&
      (SHARED.has(field.kind) || (isCustom(name) && field.kind === 'text')) &&
      !field.sealed &&
      [field.seenBy, field.setBy, field.personal].every((permission) => !permission || holds(permission)),
  )
}

/** What a step of a record asks for away from its page; nothing where it needs more than that, and is taken on its page only. */
export type HowTaken = { readonly reason: boolean; readonly review: boolean } | null

/** Why one of many was not done. */
export interface NotDone {
  readonly id: string
  readonly code: string
  readonly status: number
  readonly message: string
  readonly params: Readonly<Record<string, string | number>>
  readonly details?: unknown
}
