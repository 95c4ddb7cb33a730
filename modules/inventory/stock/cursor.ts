import { z } from 'zod'
import { instantSchema } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'

/** What every list of stock can be asked. */
export const pageInput = {
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

/** A cursor is where the last page ended: the values that the rows are ordered by. */
export function readCursor(cursor: string | undefined): string[] | undefined {
  if (!cursor) return undefined
  try {
    return z
      .array(z.string())
      .min(2)
      .max(3)
      .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw CommonProblem.badCursor()
  }
}
export const writeCursor = (...values: string[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

export const uuidOf = (text: string | undefined) => checked(z.uuid(), text)
export const instantOf = (text: string | undefined) => checked(instantSchema, text)
function checked(schema: z.ZodType<string>, text: string | undefined): string {
  const read = schema.safeParse(text)
  if (!read.success) throw CommonProblem.badCursor()
  return read.data
}
