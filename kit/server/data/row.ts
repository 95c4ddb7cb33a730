/** `openedAt` → `opened_at`: names of columns are those of the fields. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A value as the driver takes it: what is neither text nor bytes nor a moment is JSON. */
export const toColumn = (value: unknown): unknown =>
  Buffer.isBuffer(value) || (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    ? value
    : typeof value === 'object' && value !== null && !(value instanceof Temporal.Instant)
      ? json(value)
      : value

/**
 * JSON as a column keeps it. Half of a sign, as a text has it that was cut within one, and NUL are no letters to PostgreSQL: it
 * refuses the whole value for them, and with it the rows that wait beside it.
 */
export function json(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  const text = JSON.stringify(value, replacer)
  return UNKEPT.test(text) ? text.replace(ESCAPES, (escape) => (UNKEPT.test(escape) ? '\ufffd' : escape)) : text
}
const UNKEPT = /\\u(?:0000|d[89a-f])/
// Each escape by itself: of a written backslash the second is no beginning.
const ESCAPES = /\\(?:u[\da-f]{4}|[^u])/g
