import { z } from 'zod'
import { currencyCodes, type Minor, type Rate } from './money.ts'
import { aboutPerson, secret } from './mark.ts'
import { whole, type Part } from './part.ts'
import type { Qty } from './quantity.ts'
import type { Machine } from './machine.ts'

/**
 * An entity is declared once; from this value come row and input types, validation with the same messages on both
 * sides, the conformance of the table, list, form, history, import, export, permissions and API shapes.
 * It holds facts about data, never behaviour.
 */

export type FieldKind =
  | 'id'
  | 'text'
  | 'longText'
  | 'email'
  | 'phone'
  | 'integer'
  | 'money'
  | 'quantity'
  | 'rate'
  | 'flag'
  | 'choice'
  | 'ref'
  | 'instant'
  | 'day'
  | 'json'
  | 'texts'

/** `Row` is what the server's row holds, `Wire` what JSON carries (money and quantities as text of an integer). */
export interface Field<Row = unknown, Wire = unknown, Opt extends boolean = boolean, Ro extends boolean = boolean> {
  readonly kind: FieldKind
  /** Reads a wire value into a row value. */
  readonly schema: z.ZodType<Row>
  readonly optional: Opt
  readonly readonly: Ro
  /** Given when the record is made; no change touches it. */
  readonly fixed?: boolean
  /** States of its life in which no change touches it any more. */
  readonly fixedIn?: readonly string[]
  /** States of its life in which it may not be empty: neither a step leads there nor a change leaves it so. */
  readonly neededIn?: readonly string[]
  /** Who does not hold this permission does not get the field at all, neither to read nor to write. */
  readonly seenBy?: string
  /** Whoever writes a record may say it; who hears it from others, in papers and in the trail, holds this permission. */
  readonly toldTo?: string
  /** Who does not hold this permission may read the field, and leaves it as it is. */
  readonly setBy?: string
  /** Data about a person, and what it takes to read it: others see the end of it only, and reading it is noted. */
  readonly personal?: string
  /** Stands encrypted in the database, in a column of type `sealed`. */
  readonly sealed?: boolean
  /** A sealed field that is found by its whole value, through a blind index in the column `<name>_index`. */
  readonly findable?: boolean
  /** A name by which the program finds the record; it says nothing to people. */
  readonly isForProgram?: true
  /** The field of the same row that says for how many units an amount is. */
  readonly per?: string
  readonly max?: number
  /** What a text or a number stands for, where people would not read it as it is kept: `sw`, `4`. */
  readonly shows?: 'language' | 'hour' | 'entity'
  /** What a choice is made among; a function where modules bring the values, so that it is known when all are loaded. */
  readonly values?: readonly string[] | (() => readonly string[])
  /** The entity a reference points to, by table name. */
  readonly to?: string
  /** Which of its records are offered: filters of its list, `{ roles: 'supplier' }`. */
  readonly where?: Readonly<Record<string, string>>
  readonly initial?: Wire
  /** What the company calls a field of its own; others are called by the words files. */
  readonly label?: string
  readonly __wire?: Wire
}

type Made<Row, Wire> = Field<Row, Wire, false, false>
const field = <Row, Wire>(kind: FieldKind, schema: z.ZodType<Row>, facts: Partial<Field> = {}): Made<Row, Wire> =>
  ({ kind, schema, optional: false, readonly: false, ...facts }) as Made<Row, Wire>

/** Control characters (and NUL, which PostgreSQL cannot store) never belong in a text of ours. */
const clean = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // oxlint-disable-next-line no-control-regex
    .refine((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text), { error: 'controlCharacters' })

const bigintText = (least: bigint, most: bigint) =>
  z
    .union([z.string().regex(/^-?\d{1,18}$/), z.number().int(), z.bigint()])
    .transform((value) => BigInt(value))
    .refine((value) => value >= least && value <= most, { error: 'outOfRange' })

/** The largest amount: 10^13 minor units, so that a million of them still fit into a 64-bit sum. */
const MOST_MINOR = 10_000_000_000_000n
/** The largest quantity: a thousand million units, in millionths. */
const MOST_QUANTITY = 1_000_000_000_000_000n

export const amountSchema = (min = -MOST_MINOR, max = MOST_MINOR) => bigintText(min, max) as unknown as z.ZodType<Minor>
export const quantitySchema = (min = -MOST_QUANTITY, max = MOST_QUANTITY) => bigintText(min, max) as unknown as z.ZodType<Qty>
/** A share: all of it at most. */
export const rateSchema = (min = 0n, max = 1_000_000n) => bigintText(min, max) as unknown as z.ZodType<Rate>
export const currencySchema = z.enum(currencyCodes)
// Years that a shop can mean; the database knows no year 0.
const within = (text: string) => text >= '1900' && text < '3000'
export const daySchema = z.iso.date().refine(within, { error: 'outOfRange' })
export const instantSchema = z.iso.datetime({ offset: true }).refine(within, { error: 'outOfRange' })
/** A language, by the name of its file in `words/`: "ar", "pt-BR". What has no file is read in English. */
export const localeSchema = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)
export const noteSchema = clean(2000)
export const nameSchema = clean(200)

export const uid = () => field<string, string>('id', z.uuid())
export const text = ({ max = 200 }: { max?: number } = {}) => field<string, string>('text', clean(max), { max })
export const longText = ({ max = 5000 }: { max?: number } = {}) => field<string, string>('longText', clean(max), { max })
export const emailText = () => field<string, string>('email', z.email().max(254).toLowerCase(), { max: 254 })
export const locale = () => field<string, string>('text', localeSchema, { max: 6, shows: 'language' })
/** A language as others name it: a code, or whatever their file said. */
export const languageText = () => field<string, string>('text', clean(10), { max: 10, shows: 'language' })
/** E.164; the page normalises what people type with the country of the company. */
export const phone = () => field<string, string>('phone', z.string().regex(/^\+[1-9]\d{6,14}$/), { max: 16 })
export const integer = ({ min = 0, max = 1_000_000_000 } = {}) =>
  field<number, number>('integer', z.number().int().min(min).max(max))
/** A full hour of the day. */
export const hour = ({ min = 0, max = 23 } = {}) =>
  field<number, number>('integer', z.number().int().min(min).max(max), { shows: 'hour', max })
/** An amount; `per` names the field beside it that says for how many units it is, where it is a price. */
export const money = ({ min = 0n, per }: { min?: bigint; per?: string } = {}) =>
  field<Minor, string>('money', amountSchema(min), per ? { per } : {})
export const quantity = ({ min = 0n }: { min?: bigint } = {}) => field<Qty, string>('quantity', quantitySchema(min))
export const rateField = () => field<Rate, string>('rate', rateSchema())
export const flag = (initial = false) => field<boolean, boolean>('flag', z.boolean(), { initial })
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  field<Values[number], Values[number]>('choice', z.enum(values) as unknown as z.ZodType<Values[number]>, { values })
/** A choice among what modules bring; the database does not check it against a list. */
export const among = (values: () => readonly string[]) => field<string, string>('choice', clean(60), { max: 60, values })
export const valuesOf = ({ values = [] }: Pick<Field, 'values'>): readonly string[] =>
  typeof values === 'function' ? values() : values
/** A reference to another entity, by the table that it points to; `where` says which of its records a picker offers. */
export const ref = (to: string, where?: Readonly<Record<string, string>>) =>
  field<string, string>('ref', z.uuid(), { to, ...(where && { where }) })
export const instant = () => field<Temporal.Instant, string>('instant', instantSchema as unknown as z.ZodType<Temporal.Instant>)
export const day = () => field<string, string>('day', daySchema)
export const json = <Shape extends z.ZodType>(shape: Shape) =>
  field<z.output<Shape>, z.output<Shape>>('json', shape as z.ZodType<z.output<Shape>>)
export const texts = ({ max = 20, each = 100, values }: { max?: number; each?: number; values?: readonly string[] } = {}) =>
  field<string[], string[]>('texts', z.array(clean(each)).max(max), values ? { values } : {})

export const optional = <F extends Field>(inner: F) => ({ ...inner, optional: true }) as Omit<F, 'optional'> & { optional: true }
/** Set by commands only, never by a form or an import. */
export const readonly = <F extends Field>(inner: F) => ({ ...inner, readonly: true }) as Omit<F, 'readonly'> & { readonly: true }
/** Given when the record is made, and no longer changed: what other records rest on. */
export const fixed = <F extends Field>(inner: F): F => ({ ...inner, fixed: true })
/** Not changed any more while its record is in one of these states: `fixedIn(['approved'], ref('party'))`. */
export const fixedIn = <F extends Field>(states: readonly string[], inner: F): F => ({ ...inner, fixedIn: states })
/** May be empty until its record is to be in one of these states: `neededIn(['posted'], optional(text()))`. */
export const neededIn = <F extends Field & { optional: true }>(states: readonly string[], inner: F): F => ({
  ...inner,
  neededIn: states,
})
/** Stands encrypted in the database: a dump of it tells nobody. */
export const sealed = <F extends Field>(inner: F): F => ({ ...inner, schema: aboutPerson(inner.schema), sealed: true })
/** Data about a person, sealed: whoever does not hold the permission sees `•••• 4567`, and leaves it as it is. */
export const personal = <F extends Field>(permission: string, inner: F): F => ({ ...sealed(inner), personal: permission })
/** Found by its whole value, and a telephone number by its national part or its end too, though it is sealed. */
export const findable = <F extends Field>(inner: F): F => ({ ...inner, findable: true })
/** Only people who hold the permission see and set this field. */
export const seenBy = <F extends Field>(permission: string, inner: F): F => ({ ...inner, seenBy: permission })

/** Everybody who writes a record may say it; only people who hold the permission hear what others said. */
export const toldTo = <F extends Field>(permission: string, inner: F): F => ({ ...inner, toldTo: permission })

/** Everybody may see this field; only people who hold the permission set it. */
export const setBy = <F extends Field>(permission: string, inner: F): F => ({ ...inner, setBy: permission })

export type Fields = Readonly<Record<string, Field>>
type RowValue<F> = F extends Field<infer Row, unknown> ? (F['optional'] extends true ? Row | null : Row) : never
type WireValue<F> = F extends { readonly __wire?: infer Wire }
  ? F extends { optional: true }
    ? Exclude<Wire, undefined> | null
    : Exclude<Wire, undefined>
  : never

export interface EntityPermissions {
  readonly read: string
  readonly write?: string
  readonly import?: string
  readonly export?: string
}

/** A filter that is no field: of which kind its value is, and where it stands. */
export interface Beyond {
  readonly field: Field
  /** The table of the parts and its column that points to the row, or to what stands in a column of the row (`row`); the row itself otherwise. */
  readonly through?: { readonly table: string; readonly of: string; readonly row?: string }
  /** Where several columns are named, one of them is enough: a move from a place or to it. */
  readonly column: string | readonly string[]
}

const brought = whole<{ readonly table: string; readonly name: string; readonly beyond: Beyond }>()
/** A filter that a module above brings to the list of another: what a supplier offers, to the stock of articles. */
export const listFilter = ({ table }: Pick<Entity, 'table'>, name: string, beyond: Beyond): Part =>
  brought.part({ table, name, beyond })

/** All that rows of an entity are filtered by besides their fields, by name. */
export const beyondOf = (of: Pick<Entity, 'table' | 'beyond'>): Readonly<Record<string, Beyond>> => ({
  ...of.beyond,
  ...Object.fromEntries(brought.all().flatMap(({ table, name, beyond }) => (table === of.table ? [[name, beyond]] : []))),
})

/** What a filter of an entity is about: one of its fields, or something beyond them. */
export const filterField = (of: Pick<Entity, 'table' | 'fields' | 'beyond'>, name: string): Field | undefined =>
  of.fields[name] ?? beyondOf(of)[name]?.field

/** All filters of an entity, by name. */
export const filtersOf = (of: Pick<Entity, 'table' | 'filters' | 'beyond'>): string[] => [
  ...(of.filters ?? []),
  ...Object.keys(beyondOf(of)),
]

const GROUPED: ReadonlySet<FieldKind> = new Set(['choice', 'ref', 'flag', 'day', 'instant'])
const MONTH = '.month'

/** What the rows of a list are grouped by, as an address names it: a filter of which there are few values; a moment by its day, a day also by its month. */
export const groupsOf = (of: Pick<Entity, 'fields' | 'filters' | 'sums'>): string[] =>
  of.sums === undefined
    ? []
    : (of.filters ?? []).flatMap((name) => {
        const { kind, personal } = of.fields[name]!
        if (!GROUPED.has(kind) || personal) return []
        return kind === 'day' || kind === 'instant' ? [name, name + MONTH] : [name]
      })

/** The field of a group that an address names; nothing where the list has no such one. */
export const groupOf = (
  of: Pick<Entity, 'fields' | 'filters' | 'sums'>,
  group: string,
): { name: string; isMonth: boolean } | undefined =>
  groupsOf(of).includes(group)
    ? { name: group.endsWith(MONTH) ? group.slice(0, -MONTH.length) : group, isMonth: group.endsWith(MONTH) }
    : undefined

interface Facts<Names extends string> {
  /** The words key and API name: `catalog.product`. */
  readonly name: string
  /** It reads a view of the database (`kit/view.ts`): rows, and nothing that is done to them. */
  readonly isView?: true
  readonly can: EntityPermissions
  /** Columns of the list page, in order. */
  readonly list: readonly Names[]
  /** Sortable columns; the first is the default, `-` in front means descending. */
  readonly sort: readonly string[]
  readonly filters?: readonly Names[]
  /**
   * What rows are filtered by besides their fields: something that stands on their parts (`through`), or a column that is shown in
   * another way.
   */
  readonly beyond?: Readonly<Record<string, Beyond>>
  /** Text fields that the search box looks into. */
  readonly search?: readonly Names[]
  /** The figure that stands for a row where there is room for one only; the first amount otherwise. */
  readonly headline?: Names
  /** Figures that are added up at the foot of its list. */
  readonly sums?: readonly Names[]
  /** States of its life whose rows are listed and not added up: what was struck out. */
  readonly uncounted?: readonly string[]
  /** What people call one: the field shown in references and breadcrumbs. */
  readonly title: Names
  /** The words that name what a new company begins with: `seed.<this>.…`. Such a name is told in its reader's language until somebody changes it. */
  readonly seeded?: string
  /** An import finds the existing row by these. */
  readonly naturalKey?: readonly Names[]
  /** What limits rows: the field of their place, the columns of whoever made them and of the seller whose they are. */
  readonly scope?: {
    readonly place?: Names
    /** A second place whose people see the rows too: what goes from one to the other. */
    readonly alsoPlace?: Names
    /** Rows of no place are for all: whoever holds the right at one of them reads these, and changes only their own place's. */
    readonly shared?: boolean
    readonly own?: string
    readonly seller?: string
    /** The reference to what it is a part of: whoever sees that one sees its parts, and changes them where they may change it. */
    readonly within?: Names
  }
  /** Whoever changes one says why, and who asked for it; that stays in its history. */
  readonly reasoned?: boolean
  /**
   * What commands leave in its trail beside its fields, and to which tables the ids in that point, by the name that they stand
   * under: the roles of a person, each at a place.
   */
  readonly trailed?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Rows are put aside, not deleted: the table has `archived_at`. */
  readonly archive?: boolean
  /** The company may add fields of its own (`kit/custom.ts`): the table has `custom` and `custom_said`. */
  readonly custom?: boolean
  /** The states of its life in which its fields may be changed; all of them where it is left out. `fixedIn` says of which fields not. */
  readonly changeableIn?: readonly string[]
  /** Its fields under headings (`section.<name>.<key>`), in the order of forms and pages. Those of none come last. */
  readonly sections?: Readonly<Record<string, readonly Names[]>>
}

/** What is declared of an entity. Names of fields are checked here, and plain text afterwards: any entity is an `Entity`. */
export interface EntitySpec<F extends Fields, L extends Machine | undefined, Path extends string> extends Facts<
  keyof F & string
> {
  /** Where its list lives in the API and on the web: `/catalog/products`. */
  readonly path: Path
  readonly fields: F
  readonly life?: L
}

export interface Entity<
  F extends Fields = Fields,
  L extends Machine | undefined = Machine | undefined,
  Path extends string = string,
> extends Facts<string> {
  readonly table: string
  readonly path: Path
  readonly fields: F
  readonly life?: L
}

/** The row as the server holds it. Every entity has `id`, and `version` when it can be edited. */
type HasFields<F extends Fields = Fields> = { readonly fields: F }
export type RowOf<E extends HasFields> = { [K in keyof E['fields']]: RowValue<E['fields'][K]> }
/** The row as JSON carries it. */
export type WireOf<E extends HasFields> = { [K in keyof E['fields']]: WireValue<E['fields'][K]> } & {
  version?: number
  archivedAt?: string | null
}
type Writable<F extends Fields> = { [K in keyof F as F[K]['readonly'] extends true ? never : K]: F[K] }
export type InputOf<E extends HasFields> = { [K in keyof Writable<E['fields']>]: RowValue<E['fields'][K]> }

export const declaredEntities = new Map<string, Entity>()

export function entity<const F extends Fields, const Path extends string, const L extends Machine | undefined = undefined>(
  table: string,
  spec: EntitySpec<F, L, Path>,
): Entity<F, L, Path> {
  const made: Entity<F, L, Path> = { table, ...spec }
  declaredEntities.set(table, made)
  return made
}

/** May its fields be changed as it is now? */
export const isChangeable = (of: Pick<Entity, 'changeableIn'>, row: object): boolean =>
  !of.changeableIn || of.changeableIn.includes(stateOf(row))

const stateOf = (row: object): string => String((row as { state?: unknown }).state)

/** The entity as it is for a record in a state: what is fixed then is `fixed`, what is needed then is not optional. */
export const asIn = <E extends Pick<Entity, 'fields'>>(of: E, row: object): E => {
  const state = stateOf(row)
  const told = Object.entries(of.fields).map(([name, one]) => {
    const facts = {
      ...(one.fixedIn?.includes(state) && { fixed: true }),
      ...(one.neededIn?.includes(state) && { optional: false }),
    }
    return [name, { ...one, ...facts }] as const
  })
  return { ...of, fields: Object.fromEntries(told) }
}

/** What is empty and may not be in a state. */
export const missingIn = (of: Pick<Entity, 'fields'>, state: string, values: object): string[] =>
  Object.entries(of.fields).flatMap(([name, { neededIn: states }]) =>
    states?.includes(state) && !isThere((values as Values)[name]) ? [name] : [],
  )
type Values = Readonly<Record<string, unknown>>

/** Must somebody fill it in? */
export const isRequired = ({ optional: mayBeEmpty, kind, initial, readonly: isReadonly }: Field): boolean =>
  !mayBeEmpty && !isReadonly && kind !== 'flag' && initial === undefined

/** Under which heading fields stand that are in no section, where there are sections. */
export const OTHER_SECTION = 'other'
/** Fields by the sections that the entity declares, in their order, and those of none at last. */
export function sectionsOf<F extends readonly [name: string, ...rest: unknown[]]>(
  { sections = {} }: Pick<Entity, 'sections'>,
  fields: readonly F[],
): (readonly [section: string, fields: readonly F[]])[] {
  const placed = new Set(Object.values(sections).flat())
  return [
    ...Object.entries(sections).map(
      ([key, names]) => [key, names.flatMap((one) => fields.filter(([name]) => name === one))] as const,
    ),
    [OTHER_SECTION, fields.filter(([name]) => !placed.has(name))] as const,
  ].filter(([, some]) => some.length > 0)
}

/** The writable fields, by name. */
export const writableFields = (of: HasFields): [string, Field][] => Object.entries(of.fields).filter(([, f]) => !f.readonly)

/** A field as it is given when a record is made: left out where it may be empty or begins with something. */
type Given<F extends Field> = z.ZodType<RowValue<F>, WireValue<F>> &
  (F extends { optional: true } | { initial: NonNullable<unknown> } ? { _zod: { optin: 'optional' } } : unknown)
export type CreateShape<F extends Fields> = { [K in keyof Writable<F>]: Given<F[K]> }

/**
 * What reads each writable field of a new record, for commands that make one with more beside it: what is declared of the entity
 * tomorrow arrives there too.
 */
export const createShape = <F extends Fields>(of: HasFields<F>): CreateShape<F> =>
  Object.fromEntries(
    writableFields(of).map(([name, f]) => [
      name,
      f.optional ? emptyAsNull(f) : f.initial === undefined ? f.schema : f.schema.prefault(f.initial as never),
    ]),
  ) as unknown as CreateShape<F>

/** Reads a whole form: every required field must be there. Unknown names are refused (no mass assignment). */
export const createSchema = <F extends Fields>(of: HasFields<F>): z.ZodType<InputOf<HasFields<F>> & { id?: string }> =>
  strictly(of, {
    // Made by whoever creates it, in the order of time: an index grows at its end.
    id: z.uuidv7().optional(),
    ...createShape(of),
  }) as unknown as z.ZodType<InputOf<HasFields<F>> & { id?: string }>

/** What reads each field that a change may touch. */
export const changeShape = (of: HasFields): Record<string, z.ZodType> =>
  Object.fromEntries(
    writableFields(of)
      .filter(([, f]) => !f.fixed)
      .map(([name, f]) => [name, (f.optional ? emptyAsNull(f) : f.schema).optional()]),
  )

/** Reads some changed fields. */
export const changeSchema = <F extends Fields>(of: HasFields<F>): z.ZodType<Partial<InputOf<HasFields<F>>>> =>
  strictly(of, changeShape(of)) as unknown as z.ZodType<Partial<InputOf<HasFields<F>>>>

/**
 * These members and no others. Fields of the company's own are let through where the entity takes some: what they may hold is known
 * once the company is, and judged then.
 */
export const strictly = <Shape extends z.core.$ZodLooseShape>(
  of: HasFields & { readonly custom?: boolean },
  shape: Shape,
): z.ZodObject<Shape> => (of.custom ? withOwn(of, shape) : z.strictObject(shape)) as unknown as z.ZodObject<Shape>

const ownValue = z.union([z.string().max(500), z.boolean(), z.number(), z.null()])
// What a company notes of people is nobody's to find in the trail, where nothing is ever forgotten.
const ownOfPeople = secret(z.union([z.string().max(500), z.boolean(), z.number(), z.null()]))

/** Does it hold data about people? Then so do the fields that a company adds to it. */
export const isAboutPeople = (of: HasFields): boolean => Object.values(of.fields).some((field) => field.personal)

const withOwn = (of: HasFields, shape: z.core.$ZodLooseShape) =>
  z
    .object(shape)
    .catchall(isAboutPeople(of) ? ownOfPeople : ownValue)
    .superRefine((values, issues) => {
      const keys = Object.keys(values).filter((name) => !(name in shape) && !name.startsWith('custom.'))
      if (keys.length > 0) issues.addIssue({ code: 'unrecognized_keys', keys, input: values })
    })

const emptyAsNull = (f: Field) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), f.schema.nullable())

/** Enough of a value to recognise it by, and not enough to use it. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'string' || value === '') return value
  const [, first, domain] = /^(.)[^@]*(@.+)$/.exec(value) ?? []
  if (domain) return `${first}•••${domain}`
  return /\d{4}$/.test(value) ? `•••• ${value.slice(-4)}` : '•••'
}

/** Names of members that hold data about a person wherever they stand, beside the sealed fields of entities. */
export const personalNames = new Set(['phone', 'email', 'iban'])

// What a telephone number or an e-mail address looks like inside a longer text. An address is begun where its first sign can
// stand and nowhere else, so that a long run of signs is looked at once and not once from each of them.
const PERSONAL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|\+\d[\d ()-]{6,18}\d/gu
/** A text in which telephone numbers and e-mail addresses are masked, wherever they stand. */
export const maskText = (text: string): string =>
  /[@+]/.test(text) ? text.replace(PERSONAL, (found) => String(masked(found))) : text

/** What somebody searched for, without the number or address that it may be. */
export const maskSearch = (text: string): string => (/@|\d{4}/.test(text) ? String(masked(text.trim())) : text)

/** A row as somebody with these rights sees it: what is personal and not for them is masked. */
export function maskRow<Row extends Record<string, unknown>>(
  of: HasFields,
  row: Row,
  holds: (permission: string) => boolean,
): Row {
  const hidden = Object.entries(of.fields).filter(([name, f]) => name in row && f.personal && !holds(f.personal))
  return hidden.length === 0 ? row : { ...row, ...Object.fromEntries(hidden.map(([name]) => [name, masked(row[name])])) }
}

/** Does a row tell something about a person to somebody with these rights? */
export const tellsOfPersons = (
  of: HasFields,
  row: Readonly<Record<string, unknown>>,
  holds: (permission: string) => boolean,
): boolean => Object.entries(of.fields).some(([name, f]) => f.personal && holds(f.personal) && isThere(row[name]))
/** Is something said? A text of no letters and a list of nothing say nothing. */
export const isThere = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

/** The fields that somebody with these rights may see. */
export const visibleFields = (of: HasFields, holds: (permission: string) => boolean): [string, Field][] =>
  Object.entries(of.fields).filter(([, f]) => !f.seenBy || holds(f.seenBy))
