import type { z } from 'zod'

/** What a field of an input holds, where that matters to whoever keeps or shows it: a key to something, or data about a person. */
export type Mark = 'secret' | 'personal'

const marks = new WeakMap<z.ZodType, Mark>()

/** A password, PIN, code, token: whoever reads it could act as somebody. It stands in no trail, log, activity or answer that is kept. */
export function secret<Schema extends z.ZodType>(schema: Schema): Schema {
  marks.set(schema, 'secret')
  return schema
}

/** Data about a person: of it the trail keeps no more than its end. */
export function aboutPerson<Schema extends z.ZodType>(schema: Schema): Schema {
  if (!marks.has(schema)) marks.set(schema, 'personal')
  return schema
}

/** What is looked into when a value is read with a schema, and what any of the wrappers on the way says about it. */
export interface Inside {
  readonly schemas: readonly z.ZodType[]
  readonly mark: Mark | undefined
}

interface Definition {
  readonly type: string
  readonly innerType?: z.ZodType
  readonly in?: z.ZodType
  readonly out?: z.ZodType
  readonly left?: z.ZodType
  readonly right?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly getter?: () => z.ZodType
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly catchall?: z.ZodType
  readonly element?: z.ZodType
  readonly valueType?: z.ZodType
  readonly items?: readonly z.ZodType[]
  readonly rest?: z.ZodType | null
}
const defOf = (schema: z.ZodType): Definition => (schema as unknown as { _zod: { def: Definition } })._zod.def

/** Takes the wrappers off: optional, default, a union's choices, what comes before or after a transformation. */
export function inside(given: readonly z.ZodType[]): Inside {
  const schemas: z.ZodType[] = []
  let mark: Mark | undefined
  const waiting = [...given]
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const own = marks.get(one)
    if (own && mark !== 'secret') mark = own
    const wrapped = wrappedIn(defOf(one))
    if (wrapped) waiting.push(...wrapped)
    else schemas.push(one)
  }
  return { schemas, mark }
}

function wrappedIn(def: Definition): readonly z.ZodType[] | undefined {
  if (def.innerType) return [def.innerType]
  if (def.options) return def.options
  if (def.left && def.right) return [def.left, def.right]
  if (def.getter) return [def.getter()]
  if (!def.in || !def.out) return undefined
  // A transformation tells nothing about what it takes; what stands on its other side does.
  const known = [def.in, def.out].filter((side) => defOf(side).type !== 'transform')
  return known.length > 0 ? known : [def.in]
}

const OPAQUE = new Set(['any', 'unknown', 'custom', 'transform'])
/** Takes anything: then nothing is known about what stands in it. */
export const isOpaque = (schema: z.ZodType): boolean => OPAQUE.has(defOf(schema).type)

/** The names that an object's schema knows. */
export const membersOf = (schema: z.ZodType): Readonly<Record<string, z.ZodType>> => defOf(schema).shape ?? {}

/** The schemas that read a member of an object; none when the member is not known and is therefore left out. */
export function memberOf(schema: z.ZodType, name: string): readonly z.ZodType[] {
  if (isOpaque(schema)) return [schema]
  const { shape, catchall, valueType } = defOf(schema)
  if (shape && Object.hasOwn(shape, name)) return [shape[name]!]
  if (catchall && defOf(catchall).type !== 'never') return [catchall]
  return valueType ? [valueType] : []
}

/** The schemas that read one of a list. */
export function elementOf(schema: z.ZodType, index: number): readonly z.ZodType[] {
  if (isOpaque(schema)) return [schema]
  const { element, items, rest } = defOf(schema)
  if (element) return [element]
  const one = items?.[index] ?? rest
  return one ? [one] : []
}

/** Every schema inside of one, by its path; a schema that holds itself is told once. */
export function* fieldsIn(
  schema: z.ZodType,
  path = '',
  seen = new Set<z.ZodType>(),
): Generator<{ path: string; inside: Inside }> {
  if (seen.has(schema)) return
  seen.add(schema)
  const found = inside([schema])
  yield { path, inside: found }
  for (const one of found.schemas) {
    for (const [name, member] of Object.entries(membersOf(one))) yield* fieldsIn(member, `${path}.${name}`, new Set(seen))
    for (const element of [...elementOf(one, 0), ...(defOf(one).valueType ? [defOf(one).valueType!] : [])])
      if (element !== one) yield* fieldsIn(element, `${path}[]`, new Set(seen))
  }
}
