import { amountText, decimalsOf } from './money.ts'

/**
 * An outcome that we expect and can explain. It rolls the transaction back and leaves as `application/problem+json`
 * (RFC 9457). `code` is permanent and keys the translations; `say` is the English sentence and tells what to do.
 */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly params: Readonly<Record<string, unknown>>
  /** Field-wise errors or other structured facts for the page. */
  readonly details: unknown

  constructor(code: string, status: number, message: string, params: Record<string, unknown> = {}, details?: unknown) {
    super(message)
    this.name = 'Problem'
    this.code = code
    this.status = status
    this.params = params
    this.details = details
  }
}

export interface ProblemSpec {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 422 | 423 | 428 | 429 | 503
  readonly say: string
}

type ParamNames<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamNames<Rest> : never
type Money<Name extends string> = Name extends `${infer Plain}:money` ? Plain : never
// Whoever says an amount says in which currency: its decimals and its name stand in the sentence.
type ParamsOf<Text extends string> = {
  [Name in ParamNames<Text> as Name extends `${string}:money` ? never : Name]: string | number | bigint
} & ([Money<ParamNames<Text>>] extends [never]
  ? unknown
  : { readonly [Name in Money<ParamNames<Text>>]: bigint } & { readonly currency: string })
type Thrower<Text extends string> = [ParamNames<Text>] extends [never]
  ? (params?: Record<string, never>, details?: unknown) => Problem
  : (params: ParamsOf<Text>, details?: unknown) => Problem

/** Every problem that any module declared, by code: the API document, the words check and the docs read it. */
export const declaredProblems = new Map<string, ProblemSpec>()

/**
 * Declares the problems of one slice. `{name}` in a sentence becomes a required argument.
 * `{due:money}` is an amount in minor units.
 * `problems('pos.sale', { empty: { status: 422, say: 'Add an item before taking payment.' } }).empty()` makes the error.
 */
export function problems<const Specs extends Record<string, ProblemSpec>>(
  area: string,
  specs: Specs,
): { readonly [Name in keyof Specs]: Thrower<Specs[Name]['say']> } {
  const made: Record<string, (params?: Record<string, unknown>, details?: unknown) => Problem> = {}
  for (const [name, spec] of Object.entries(specs)) {
    const code = `${area}.${name}`
    declaredProblems.set(code, spec)
    made[name] = (params = {}, details) => new Problem(code, spec.status, fill(spec.say, params), params, details)
  }
  return made as { readonly [Name in keyof Specs]: Thrower<Specs[Name]['say']> }
}

/**
 * Puts the parameters into a sentence; an unknown one stays visible, so that a mistake is seen and not hidden.
 * `{left:money}` is minor units of the `currency` that the parameters name: "4.50 KES".
 */
export const fill = (sentence: string, params: Readonly<Record<string, unknown>>): string =>
  sentence.replace(/\{(\w+)(:money)?\}/g, (whole, name: string, isMoney?: string) => {
    if (!(name in params)) return whole
    const value = String(params[name])
    if (!isMoney || !/^-?\d+$/.test(value)) return value
    const currency = String(params['currency'] ?? '')
    return `${amountText(value, decimalsOf(currency))} ${currency}`.trim()
  })

export const CommonProblem = problems('kit', {
  notFound: { status: 404, say: 'There is no such record, or you may not see it.' },
  noRoute: { status: 404, say: 'There is nothing at this address.' },
  forbidden: { status: 403, say: 'You do not have the right to do this. Ask a manager.' },
  signedOut: { status: 401, say: 'Sign in to go on.' },
  proveDevice: { status: 423, say: 'This session belongs to the device on which it began. Sign in here.' },
  locked: { status: 423, say: 'This device is locked. Enter your PIN to go on.' },
  proveAgain: { status: 403, say: 'Show once more that it is you. What you asked for is done after that.' },
  approvalNeeded: { status: 409, say: 'This needs a second person who agrees to it. Ask somebody who may.' },
  viewOnly: { status: 403, say: 'You are looking through somebody else’s eyes: nothing can be changed. End it first.' },
  invalid: { status: 422, say: 'Some fields need your attention.' },
  badRequest: { status: 400, say: 'The request could not be read.' },
  wrongStep: { status: 409, say: 'This is already {state}, so that step is no longer possible. Reload to see it as it is now.' },
  sayWhy: { status: 422, say: 'Say why, and who asked for it: it stays with the change.' },
  changedMeanwhile: { status: 409, say: 'Somebody else changed the same fields meanwhile. Look at their change and save again.' },
  fixed: { status: 422, say: 'This was given when the record was made and no longer changes: {field}.' },
  fixedNow: { status: 409, say: '{field} doesn’t change any more once this is {state}. Leave it as it is, or make a new one.' },
  needed: { status: 422, say: 'Fill in {field} first: it can’t be empty once this is {state}.' },
  keyReused: { status: 422, say: 'This key was used before with other content. Send a new key for a new request.' },
  keyMissing: { status: 400, say: 'Send an Idempotency-Key header with every change.' },
  shownOnce: { status: 410, say: 'This was shown once and is not kept. Ask for a new one.' },
  inProgress: { status: 409, say: 'The same request is being carried out right now. Ask again in a moment.' },
  busy: { status: 503, say: 'Too many people are changing this at once. Try again in a moment.' },
  tooLarge: { status: 413, say: 'That is too large. The limit is {limit}.' },
  wrongType: { status: 415, say: 'This kind of content is not accepted here.' },
  tooMany: { status: 429, say: 'Too many attempts. Wait {seconds} seconds and try again.' },
  tooManyParts: { status: 413, say: 'That is too much at once. Send no more than {most} values at a time.' },
  duplicate: { status: 409, say: 'There is one like this already: {field} must be unique.' },
  inUse: { status: 409, say: 'This is used elsewhere, so it can’t be removed. Archive it instead.' },
  badCursor: { status: 400, say: 'This page of the list is no longer valid. Start from the first page.' },
  unknownField: { status: 400, say: 'The list cannot be filtered or sorted by {field}.' },
})
