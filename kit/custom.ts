import { z } from 'zod'
import {
  amountSchema,
  day,
  declaredEntities,
  flag,
  money,
  optional,
  quantity,
  ref,
  text,
  type Entity,
  type Field,
} from './entity.ts'

/**
 * Fields that a company adds to what is declared: the shelf life of an article, the route of a customer. Their values stand in one
 * column of the record (`custom`), and an entity with the company's fields is an entity like any other: form, list, filter, search,
 * import, export and API know them as `custom.<key>`.
 */
export const customKinds = ['text', 'number', 'amount', 'choice', 'day', 'yesNo', 'reference'] as const
export type CustomKind = (typeof customKinds)[number]

/** Begins the name of each of them. */
export const CUSTOM = 'custom.'
export const isCustom = (name: string): boolean => name.startsWith(CUSTOM)

/** The entities that take fields of the company's own, by name. */
export const customisable = (): readonly string[] =>
  [...declaredEntities.values()].filter((one) => one.custom).map((one) => one.name)

/** What is known of one wherever records are read or written. */
export interface CustomField {
  readonly of: string
  readonly key: string
  readonly label: string
  readonly kind: CustomKind
  readonly choices: readonly string[]
  /** The name of the entity that a reference points to. */
  readonly target: string | null
  readonly isRequired: boolean
  readonly isListed: boolean
}

/** Each kind as a field of an entity. */
const FIELDS: Readonly<Record<CustomKind, (of: CustomField) => Field>> = {
  text: () => text({ max: 500 }),
  number: () => quantity({ min: -1_000_000_000_000_000n }),
  amount: () => ({ ...money(), schema: amountSchema() }),
  choice: ({ choices }) => ({ ...text({ max: 60 }), kind: 'choice', values: choices, schema: z.enum(choices as [string]) }),
  day,
  yesNo: () => flag(),
  reference: ({ target }) => ref([...declaredEntities.values()].find((one) => one.name === target)?.table ?? ''),
}
const FILTERED: ReadonlySet<CustomKind> = new Set(['choice', 'day', 'yesNo', 'number', 'amount', 'reference'])

/** The entity as this company has it. What was put aside is not among `own`. */
export function withCustom<E extends Entity>(of: E, own: readonly CustomField[]): E {
  const mine = own.filter((one) => one.of === of.name)
  if (!of.custom || mine.length === 0) return of
  const named = (which: (one: CustomField) => boolean) => mine.filter(which).map((one) => CUSTOM + one.key)
  // What is told of a person is for those who may read how to reach them.
  const personal = Object.values(of.fields).find((field) => field.personal)?.personal
  const fields = mine.map((one): [string, Field] => {
    const made = FIELDS[one.kind](one)
    const field = one.isRequired && one.kind !== 'yesNo' ? made : optional({ ...made, initial: undefined } as Field)
    return [CUSTOM + one.key, { ...field, label: one.label, ...(personal && { personal }) } as Field]
  })
  return {
    ...of,
    fields: { ...of.fields, ...Object.fromEntries(fields) },
    list: [...of.list, ...named((one) => one.isListed)],
    // The order of what is masked would tell it.
    sort: [...of.sort, ...(personal ? [] : named((one) => one.kind !== 'reference'))],
    filters: [...(of.filters ?? []), ...named((one) => FILTERED.has(one.kind))],
  }
}

/** The names of the company's fields in an entity that has them. */
export const customNames = (of: Pick<Entity, 'fields'>): string[] => Object.keys(of.fields).filter(isCustom)
