import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Field } from '../../entity.ts'
import { keysOf, type Db } from './db.ts'

/** The texts by which a sealed value is found: itself; of a telephone number also its national part and its end. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(textsOf))]
  if (typeof value !== 'string' || value === '') return []
  if (!/^\+\d{7,15}$/.test(value)) return [value.toLowerCase()]
  // Everybody sees the last four digits anyway.
  const national = parsePhoneNumberFromString(value)?.nationalNumber
  return [value, ...(national ? [`national ${national}`] : []), `end ${value.slice(-4)}`]
}

const indexed = (db: Db, texts: readonly string[]) => texts.map((text) => keysOf(db).index('field', text))

/**
 * The blind indexes of a sealed value: what can be compared without opening it, and told by nobody without the key. The first
 * is that of the whole value.
 */
export const blindIndexes = (db: Db, value: unknown): string[] => indexed(db, textsOf(value))

/** The blind index of one whole value; an e-mail address is taken in small letters. */
export const blindIndex = (db: Db, value: string): string => blindIndexes(db, value)[0] ?? ''

/**
 * The indexes that what somebody types may have: an address, a number with or without its country. Four digits to six are the
 * end of a number, which many have.
 */
export function searchIndexes(db: Db, typed: string): string[] {
  const text = typed.trim()
  const digits = text.replace(/[\s()./-]/g, '').replace(/^00/, '+')
  if (!/^\+?\d{4,15}$/.test(digits)) return indexed(db, textsOf(text))
  if (digits.startsWith('+')) return indexed(db, [digits])
  if (digits.length < 7) return indexed(db, [`end ${digits.slice(-4)}`])
  return indexed(db, [`+${digits}`, `national ${digits.replace(/^0+/, '')}`])
}

/** What the columns of a record get for some values: sealed for its id, with their blind indexes, where the field says so. */
export function sealedColumns(db: Db, name: string, field: Field | undefined, id: string, value: unknown): [string, unknown][] {
  if (!field?.sealed) return [[name, value]]
  const columns: [string, unknown][] = [[name, value === null ? null : keysOf(db).sealed(id, value)]]
  if (!field.findable) return columns
  const indexes = blindIndexes(db, value)
  return [...columns, [`${name}Index`, field.kind === 'texts' ? indexes : (indexes[0] ?? null)]]
}
