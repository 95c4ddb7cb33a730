import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { z } from 'zod'
import { isCustom } from '../../custom.ts'
import { issueText } from '../base/problem.ts'
import { fieldIssues, type FieldIssue } from '../base/request.ts'
import { useT } from '../base/words.tsx'

export type Values = Readonly<Record<string, unknown>>
type Errors = Readonly<Record<string, string>>

export interface FormState {
  readonly values: Values
  readonly errors: Errors
  readonly isDirty: boolean
  /** A function is given the value as it stands then: what is answered later changes nothing that was typed meanwhile. */
  readonly set: (name: string, value: unknown) => void
  readonly replace: (values: Values) => void
  /** Reads the values, or a part of them, by the schema; shows what is wrong and answers false. */
  readonly check: (schema: z.ZodType, of?: Values) => boolean
  /** Shows what the server refused beside the fields; false when nothing of it belongs to a field. */
  readonly refuse: (error: unknown) => boolean
  /** Everything is saved: what stands here now is the new beginning. */
  readonly settle: () => void
  /** Was a draft found that an earlier visit left? */
  readonly fromDraft: boolean
  readonly dropDraft: () => void
}

const PREFIX = 'duka.draft.'
const same = (a: unknown, b: unknown) =>
  a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null) || (isEmpty(a) && isEmpty(b))
const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

/** A form that was open when drafts were forgotten writes none any more. */
let timesForgotten = 0

/** What was typed and not saved goes too when somebody leaves: the next one at this device is somebody else. */
export function forgetDrafts(): void {
  timesForgotten += 1
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
}

/** The fields of `values` that differ from `before`. */
export const changesOf = (before: Values, values: Values): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => !same(before[name], value)))

/**
 * The state of a form: values as JSON carries them, what is wrong with them, and a draft in this browser, so that a
 * closed tab or an empty battery loses nothing. What is `unkept` is typed again: it has no business in the browser's storage.
 */
export function useForm(initial: Values, draftKey?: string, unkept: readonly string[] = []): FormState {
  const t = useT()
  const [start, setStart] = useState(initial)
  const [draft] = useState(() => without(unkept, readDraft(draftKey) ?? {}))
  const [fromDraft, setFromDraft] = useState(draft !== null)
  const [values, setValues] = useState<Values>({ ...initial, ...draft })
  const [errors, setErrors] = useState<Errors>({})
  const isDirty = useMemo(() => Object.keys(changesOf(start, values)).length > 0, [start, values])
  useDraft(draftKey, isDirty ? without(unkept, changesOf(start, values)) : null)

  const set = useCallback((name: string, value: unknown) => {
    setValues((before) => ({ ...before, [name]: typeof value === 'function' ? value(before[name]) : value }))
    setErrors((before) => (name in before ? Object.fromEntries(Object.entries(before).filter(([one]) => one !== name)) : before))
  }, [])
  const check = useCallback(
    (schema: z.ZodType, of = values) => {
      const read = schema.safeParse(of)
      const issues = read.success ? [] : read.error.issues
      const wrong = issues.toReversed().map((issue): [string, string] => {
        const name = String(issue.path[0] ?? '')
        return [name, issueText(t, { path: name, ...(isEmpty(values[name]) ? { code: 'required' } : told(issue)) })]
      })
      setErrors(Object.fromEntries(wrong))
      return read.success
    },
    [values, t],
  )
  const refuse = useCallback(
    (error: unknown) => {
      const found = Object.entries(fieldIssues(error))
      setErrors(Object.fromEntries(found.map(([path, issue]) => [fieldOf(path), issueText(t, issue)])))
      return found.length > 0
    },
    [t],
  )
  return {
    values,
    errors,
    isDirty,
    set,
    replace: setValues,
    check,
    refuse,
    settle: useCallback(() => setStart(values), [values]),
    fromDraft,
    dropDraft: useCallback(() => {
      setValues(start)
      setErrors({})
      setFromDraft(false)
    }, [start]),
  }
}

/** A field of the company's own has a point in its name. */
const fieldOf = (path: string): string => (isCustom(path) ? path : (path.split('.')[0] ?? path))

/** What zod found, as the server would say it: formats by their name, numbers that are none as `number`. */
function told(issue: z.core.$ZodIssue): Omit<FieldIssue, 'path'> {
  const { message } = issue
  if (issue.code === 'invalid_format') return { code: issue.code, format: issue.format, message }
  if (issue.code === 'invalid_union' || issue.code === 'invalid_type') return { code: 'number', message }
  if (issue.code === 'too_big') return { code: issue.code, of: issue.origin, n: String(issue.maximum), message }
  if (issue.code === 'too_small') return { code: issue.code, of: issue.origin, n: String(issue.minimum), message }
  return { code: issue.code, message }
}

/** @returns nothing where nothing is left to keep */
function without(unkept: readonly string[], changes: Record<string, unknown>): Values | null {
  const kept = Object.entries(changes).filter(([name]) => !unkept.includes(name))
  return kept.length > 0 ? Object.fromEntries(kept) : null
}

function readDraft(key: string | undefined): Values | null {
  const text = key && localStorage.getItem(PREFIX + key)
  try {
    return text ? (JSON.parse(text) as Values) : null
  } catch {
    return null
  }
}

/** Written when the typing rests for a moment, and at once when the page goes: a reload right after the last letter loses nothing. */
function useDraft(key: string | undefined, changes: Values | null) {
  const text = changes && JSON.stringify(changes)
  const latest = useRef(text)
  const owner = useRef(key)
  const [since] = useState(timesForgotten)
  const write = useCallback(() => {
    if (!key || since !== timesForgotten) return
    if (latest.current) localStorage.setItem(PREFIX + key, latest.current)
    else localStorage.removeItem(PREFIX + key)
  }, [key, since])
  // What was saved meanwhile is known by another key: nothing of it stays under the old one.
  useEffect(() => {
    if (owner.current && owner.current !== key) localStorage.removeItem(PREFIX + owner.current)
    owner.current = key
  }, [key])
  useEffect(() => {
    latest.current = text
    const timer = setTimeout(write, 300)
    return () => clearTimeout(timer)
  }, [write, text])
  useEffect(() => {
    addEventListener('pagehide', write)
    return () => {
      removeEventListener('pagehide', write)
      write()
    }
  }, [write])
}
