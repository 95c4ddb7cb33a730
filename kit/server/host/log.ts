import { stdout } from 'node:process'
import { ship } from './log-ship.ts'

type Level = 'debug' | 'info' | 'warn' | 'error' | 'silent'
const order: Record<Level, number> = { debug: 10, info: 20, warn: 30, error: 40, silent: 100 }
let threshold = order.info

export const setLogLevel = (level: Level): void => {
  threshold = order[level]
}

// Names of fields whose values never reach a log: secrets, and personal data.
const HIDDEN = /pass|secret|token|authori[sz]ation|cookie|pin$|^code$|email|phone|address|iban|session/i

/** A copy that is safe to write down: secrets and personal data replaced, errors with their stack, depth limited. */
export function redact(value: unknown, depth = 0): unknown {
  if (value instanceof Error)
    return {
      name: value.name,
      message: scrub(value.message),
      code: (value as { code?: string }).code,
      stack: value.stack
        ?.split('\n')
        .slice(1, 8)
        .map((line) => line.trim()),
    }
  if (typeof value === 'string') return scrub(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > 4) return '…'
  if (Array.isArray(value)) return value.slice(0, 50).map((one) => redact(one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      HIDDEN.test(key) && inner !== undefined ? '[hidden]' : redact(inner, depth + 1),
    ]),
  )
}

const hiddenBy = new Map<string, readonly string[]>()
let hidden: readonly string[] = []
/** Values that no line may hold, whatever they are part of: the secrets of this process, by where they come from. */
export const hideInLogs = (values: readonly string[], from = 'process'): void => {
  // A short one would blank out words that merely look like it.
  hiddenBy.set(
    from,
    values.filter((value) => value.length >= 6),
  )
  hidden = [...hiddenBy.values()].flat()
}

const scrub = (text: string): string =>
  hidden
    .reduce((rest, value) => rest.replaceAll(value, '[hidden]'), text)
    .replace(/(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+/g, '[e-mail]')
    .replace(/\+[1-9]\d{6,14}\b/g, '[phone]')
    .replace(/(postgres(?:ql)?:\/\/[^:/\s@]{1,100}:)[^@\s]{1,300}@/g, '$1[hidden]@')
    // A line break in a value must not look like another log line.
    .replace(/[\r\n]+/g, ' ⏎ ')

const write = (level: Exclude<Level, 'silent'>) => (facts: Record<string, unknown>, message: string) => {
  const told = { time: new Date().toISOString(), level, message, ...(redact(facts) as object) }
  ship(told)
  if (order[level] < threshold) return
  const line = JSON.stringify(told)
  // JSON leaves these as they are, and some readers take them for the end of a line.
  stdout.write(`${line.replace(/[\u0085\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`)
}

/** Structured logs, one JSON object a line. Facts go first: `log.info({ traceId, ms }, 'request')`. */
export const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
