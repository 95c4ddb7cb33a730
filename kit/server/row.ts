/** `openedAt` → `opened_at`: names of columns are those of the fields. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A value as the driver takes it: what is neither text nor bytes nor a moment is JSON. */
export const toColumn = (value: unknown): unknown =>
  Buffer.isBuffer(value) || (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    ? value
    : typeof value === 'object' && value !== null && !(value instanceof Temporal.Instant)
      ? JSON.stringify(value)
      : value
