import { newId } from '../../id.ts'
import { noteClock } from './clock.ts'

/** What went wrong, as the server says it (RFC 9457), or `web.offline` when it could not be reached. */
export class ProblemError extends Error {
  readonly code: string
  readonly status: number
  readonly params: Readonly<Record<string, string | number>>
  readonly details: unknown
  readonly traceId: string | undefined

  constructor(body: {
    code: string
    status: number
    message: string
    params?: Record<string, string | number>
    details?: unknown
    traceId?: string
  }) {
    super(body.message)
    this.name = 'ProblemError'
    this.code = body.code
    this.status = body.status
    this.params = body.params ?? {}
    this.details = body.details
    this.traceId = body.traceId
  }
}

export const isProblem = (error: unknown, code?: string): error is ProblemError =>
  error instanceof ProblemError && (code === undefined || error.code === code)
export const isOffline = (error: unknown): boolean => isProblem(error, 'web.offline')

export interface FieldIssue {
  readonly path: string
  readonly code?: string
  readonly message?: string
  /** Of what there is too much or too little, and the limit; the form that a text should have. */
  readonly of?: string
  readonly n?: string
  readonly format?: string
}

/** The field-wise part of a `kit.invalid`, by field. */
export function fieldIssues(error: unknown): Record<string, FieldIssue> {
  if (!isProblem(error) || !Array.isArray(error.details)) return {}
  const issues = (error.details as FieldIssue[]).filter((issue) => typeof issue?.path === 'string')
  return Object.fromEntries(issues.map((issue) => [issue.path.replace(/^changes\./, ''), issue]))
}

export interface SendOptions {
  /** The idempotency key: the same for every attempt at one action of a person. Made here when none is given. */
  readonly key?: string
  readonly ifMatch?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** A second person's agreement to exactly this. */
  readonly approval?: string
  /** What would come of it is asked for, and nothing is done. */
  readonly isReview?: boolean
}

const ATTEMPTS = 3
const signedOutListeners = new Set<() => void>()
/** Called when the server says that the session is over. */
export const onSignedOut = (listener: () => void): (() => void) => {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

/** Asks the person to show once more that it is them; answers whether they did. */
type Prover = () => Promise<boolean>
let prover: Prover | undefined
export const onProveAgain = (ask: Prover): (() => void) => {
  prover = ask
  return () => {
    if (prover === ask) prover = undefined
  }
}

/** Asks for a second person who agrees to what was refused; answers with the approval, or nothing. */
type Agreement = (problem: ProblemError) => Promise<string | null>
let agreement: Agreement | undefined
export const onApprovalNeeded = (ask: Agreement): (() => void) => {
  agreement = ask
  return () => {
    if (agreement === ask) agreement = undefined
  }
}

/** Somebody may have agreed to exactly this before, when something else stood in its way: nobody is asked twice. */
async function agreedTo(problem: ProblemError): Promise<string | null> {
  const { id, isAgreed } = problem.details as { id?: string; isAgreed?: boolean }
  return isAgreed && id ? id : ((await agreement?.(problem)) ?? null)
}

/** Shows that this is the device on which the session began. */
let device: Prover | undefined
export const onProveDevice = (show: Prover): void => {
  device = show
}

const lockListeners = new Set<() => void>()
/** Called when the server says that this device is locked. */
export const onLocked = (listener: () => void): (() => void) => {
  lockListeners.add(listener)
  return () => lockListeners.delete(listener)
}

/** Tells everybody who listens that the session is over. */
export const tellSignedOut = (): void => {
  for (const listener of signedOutListeners) listener()
}

/**
 * One request to the API. Failures of the network and "busy" are tried again with the same key, so nothing is done twice.
 * @throws ProblemError
 */
export async function request<T>(method: string, path: string, body?: unknown, options: SendOptions = {}): Promise<T> {
  const unsafe = method !== 'GET'
  const key = options.key ?? newId()
  let hasProven = false
  let hasShown = false
  let { approval } = options
  for (let attempt = 1; ; attempt++) {
    try {
      return await once<T>(method, path, body, { ...options, ...(approval && { approval }), ...(unsafe && { key }) })
    } catch (error) {
      // Something risky: it is done, with the same key, once the person has shown that it is them.
      if (isProblem(error, 'kit.proveAgain') && prover && !hasProven && (await prover())) {
        hasProven = true
        continue
      }
      if (isProblem(error, 'kit.proveDevice') && !hasShown && device && (await device())) {
        hasShown = true
        continue
      }
      // The same, with the same key, once a second person has agreed to it.
      if (isProblem(error, 'kit.approvalNeeded') && !approval) {
        approval = (await agreedTo(error)) ?? undefined
        if (approval) continue
      }
      const again = isOffline(error) || isProblem(error, 'kit.busy') || isProblem(error, 'kit.inProgress')
      if (!again || attempt >= (unsafe ? ATTEMPTS : 1) || options.signal?.aborted) throw error
      await new Promise((resolve) => setTimeout(resolve, 300 * 2 ** attempt))
    }
  }
}

async function once<T>(
  method: string,
  path: string,
  body: unknown,
  { key, ifMatch, signal, approval, isReview }: SendOptions,
): Promise<T> {
  const isFile = body instanceof FormData
  const headers: Record<string, string> = { accept: 'application/json' }
  if (key && method !== 'GET') headers['idempotency-key'] = key
  if (approval) headers['approval'] = approval
  if (isReview) headers['review'] = 'true'
  if (ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`
  if (method !== 'GET' && !isFile) headers['content-type'] = 'application/json'
  const init = { method, headers, credentials: 'same-origin' as const, signal: signal ?? null }
  const payload = method === 'GET' ? null : isFile ? body : toJson(body ?? {})
  const response = await fetch(`/api${path}`, { ...init, body: payload }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new ProblemError({ code: 'web.offline', status: 0, message: 'The server can’t be reached.' })
  })
  noteClock(response.headers.get('date'))
  if (response.status === 204) return undefined as T
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok) return answer as T
  throw refusal(response.status, answer)
}

function refusal(status: number, answer: unknown): ProblemError {
  const body = (typeof answer === 'object' && answer !== null ? answer : {}) as Partial<
    ConstructorParameters<typeof ProblemError>[0]
  >
  // A proxy in front that has lost the server answers without our shape: to the person that is the same as no network.
  if (!body.code && [502, 503, 504].includes(status))
    return new ProblemError({ code: 'web.offline', status: 0, message: 'The server can’t be reached.' })
  const problem = new ProblemError({
    ...body,
    code: body.code ?? 'kit.failure',
    status,
    message: body.message ?? 'Something went wrong.',
  })
  if (problem.code === 'kit.signedOut') tellSignedOut()
  if (problem.code === 'kit.locked') for (const listener of lockListeners) listener()
  return problem
}

/**
 * Fetches a file and hands it to the browser to keep, where a refusal must be shown and may be overcome; anything else is a
 * plain link.
 * @throws ProblemError
 */
export async function download(path: string): Promise<void> {
  let approval: string | null = null
  for (;;) {
    const response: Response = await fetch(`/api${path}`, { headers: approval ? { approval } : {} }).catch(() => {
      throw new ProblemError({ code: 'web.offline', status: 0, message: 'The server can’t be reached.' })
    })
    if (response.ok) return keep(await response.blob(), response.headers.get('content-disposition'))
    const problem = refusal(response.status, await response.json().catch(() => undefined))
    if (!isProblem(problem, 'kit.approvalNeeded') || approval) throw problem
    approval = await agreedTo(problem)
    if (!approval) throw problem
  }
}

/**
 * A file that is asked for with more than an address can hold.
 * @throws ProblemError
 */
export async function fileOf(path: string, body: object): Promise<Blob> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': newId() }
  const response = await fetch(`/api${path}`, { method: 'POST', headers, body: toJson(body) }).catch(() => {
    throw new ProblemError({ code: 'web.offline', status: 0, message: 'The server can’t be reached.' })
  })
  if (!response.ok) throw refusal(response.status, await response.json().catch(() => undefined))
  return response.blob()
}

/** Hands a file to the browser to keep. */
export function keepAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

const keep = (file: Blob, disposition: string | null): void =>
  keepAs(file, decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1] ?? 'export'))

const toJson = (body: unknown): string =>
  JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))

/** `/catalog/products/:id` with `{ id, q }` → path with the id in it, and what is left of the input. */
export function fillPath(
  path: string,
  input: Readonly<Record<string, unknown>>,
): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input }
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  return { path: filled, rest }
}

export function toQuery(input: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || value === null || value === '') continue
    search.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  const text = search.toString()
  return text ? `?${text}` : ''
}
