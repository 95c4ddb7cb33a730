import type { z } from 'zod'
import { isCustom } from '../../custom.ts'
import { declaredEntities, isAboutPeople, masked, maskSearch, maskText, personalNames } from '../../entity.ts'
import { elementOf, inside, isOpaque, memberOf } from '../../mark.ts'
import { json } from './db.ts'

/** How much of an input is kept: of one text, and of all of it together. A stranger leaves next to nothing. */
const MOST = { text: 2_000, all: 200_000, depth: 64 } as const
const STRANGERS = { text: 120, all: 1_000, depth: 4 } as const

export const HIDDEN = '•••'

/**
 * The input as the trail keeps it: only what its schema knows, and of that no secret, of what is personal no more than its
 * end, and of long texts their beginning. Nothing is matched against a pattern before it has been cut.
 */
export function kept(schema: z.ZodType, raw: unknown, { stranger = false, withPersons = false } = {}): unknown {
  const most = stranger ? STRANGERS : MOST
  return keep([schema], raw ?? {}, '', { ...most, withPersons, left: most.all }, 0)
}

interface Budget {
  /** For people who decide about it: only what is secret is left out. */
  readonly withPersons: boolean
  readonly text: number
  readonly depth: number
  left: number
}

function keep(schemas: readonly z.ZodType[], value: unknown, name: string, budget: Budget, depth: number): unknown {
  const known = inside(schemas)
  if (value === null || value === undefined) return value
  if (known.mark === 'secret') return HIDDEN
  if (!budget.withPersons && (known.mark === 'personal' || isPersonal(name)))
    return withinBudget(maskedAll(cut(value, budget.text), budget.text), budget)
  if (typeof value === 'string') {
    const text = cut(value, budget.text) as string
    if (budget.withPersons) return withinBudget(text, budget)
    return withinBudget(name === 'q' ? maskSearch(text) : maskText(text), budget)
  }
  if (typeof value !== 'object' || isScalar(value)) return withinBudget(value, budget)
  if (depth >= budget.depth) return '…'
  if (Array.isArray(value)) {
    const list: unknown[] = []
    for (const [index, one] of value.entries()) {
      if (budget.left <= 0) return [...list, '…']
      const inner = known.schemas.flatMap((schema) => elementOf(schema, index))
      if (inner.length > 0) list.push(keep(inner, one, name, budget, depth + 1))
    }
    return list
  }
  const members: [string, unknown][] = []
  for (const [key, one] of Object.entries(value)) {
    if (budget.left <= 0) break
    const inner = known.schemas.flatMap((schema) => memberOf(schema, key))
    if (inner.length === 0) continue
    const short = key.slice(0, 80)
    budget.left -= short.length
    const isSecretWord = inner.some(isOpaque) && SECRET_WORD.test(short)
    members.push([short, isSecretWord ? HIDDEN : keep(inner, one, key, budget, depth + 1)])
  }
  return Object.fromEntries(members)
}

// Only where a schema takes anything; everywhere else the schema itself says what is secret.
const SECRET_WORD = /pass|pin$|token|code$|secret|badge|signature|verifier/i
// What JSON writes as one value: an instant, for example.
const isScalar = (value: object): boolean => 'toJSON' in value && typeof value.toJSON === 'function'

const cut = (value: unknown, most: number): unknown =>
  typeof value === 'string' && value.length > most ? `${value.slice(0, most)}…` : value

function withinBudget(value: unknown, budget: Budget): unknown {
  budget.left -= typeof value === 'string' ? value.length : 16
  return value
}

/** A personal value of any shape, masked to its last leaf. */
function maskedAll(value: unknown, most: number): unknown {
  if (Array.isArray(value)) return value.slice(0, 100).map((one) => maskedAll(one, most))
  if (typeof value === 'object' && value !== null && !isScalar(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, maskedAll(one, most)]))
  return masked(cut(value, most))
}

let fieldNames: Set<string> | undefined
/** Is this the name of a personal field of any entity? What a command asks for has the same names. */
function isPersonal(name: string): boolean {
  fieldNames ??= new Set(
    [...declaredEntities.values()].flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([field, { personal }]) => (personal ? [field] : [])),
    ),
  )
  return personalNames.has(name) || fieldNames.has(name)
}

type Values = Readonly<Record<string, unknown>>

/** What is the same on both sides is no change. */
export function differing<Change extends { readonly before?: Values | null; readonly after?: Values | null }>(
  change: Change,
): Change {
  const { before, after } = change
  if (!before || !after) return change
  const names = Object.keys({ ...before, ...after }).filter((name) => json(before[name] ?? null) !== json(after[name] ?? null))
  const pick = (side: Values) => Object.fromEntries(names.filter((name) => name in side).map((name) => [name, side[name]]))
  return { ...change, before: pick(before), after: pick(after) }
}

/** One side of a change as the trail keeps it for ever: of what is sealed, no more than its end. */
export function maskedSide(table: string, side: Values | null | undefined): object | null {
  if (!side) return null
  const of = declaredEntities.get(table)
  const { fields = {} } = of ?? {}
  return Object.fromEntries(
    Object.entries(side).map(([name, value]) => {
      // What a company notes of people may be anything, and its end tells as much as the whole.
      if (isCustom(name) && of && isAboutPeople(of)) return [name, value === null ? null : HIDDEN]
      if (fields[name]?.sealed || (!fields[name] && isPersonal(name))) return [name, maskedAll(value, MOST.all)]
      return [name, typeof value === 'string' ? maskText(value) : value]
    }),
  )
}
