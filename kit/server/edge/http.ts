import { createHash, hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import cookie from '@fastify/cookie'
import compress from '@fastify/compress'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import helmet from 'helmet'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Actor } from '../../access.ts'
import { withoutTurns } from '../../fold.ts'
import { newId } from '../../id.ts'
import { CommonProblem, Problem } from '../../problem.ts'
import { noteRefusal } from '../door/activity.ts'
import type { Endpoint } from '../door/command.ts'
import { authorise, type Ctx, type Upload } from '../door/context.ts'
import { asPgError, type Database } from '../data/db.ts'
import { Download } from '../list/export.ts'
import { isAlive } from '../host/folder-lock.ts'
import { readJson } from './json-body.ts'
import { log } from '../host/log.ts'
import { observe } from '../host/metrics.ts'
import { outageOf } from '../data/outage.ts'
import { turns } from '../host/turns.ts'

export type { Endpoint } from '../door/command.ts'

/** Method and path → command or query. `typeof saleRoutes` types the client on the web side. */
export type Routes = Readonly<Record<string, Endpoint<never, unknown>>>
export const routes = <const R extends Readonly<Record<string, object>>>(all: R): R => all

/** Who asks, told by the access module from the session cookie. */
export interface Visitor {
  readonly actor: Actor
  readonly session?: string
  readonly provenAt?: Temporal.Instant
  /** Whether the session or the key that they came with still holds, whatever this program remembers. */
  readonly holdsStill?: () => Promise<boolean>
}

export interface HttpOptions {
  readonly database: Database
  readonly routes: readonly Routes[]
  visitor(request: FastifyRequest): Promise<Visitor>
  /** Addresses of proxies whose forwarded headers are believed; none by default. */
  readonly trustProxy?: string
  readonly bodyLimit?: number
  /** How many requests one person may make in a minute; as many as they like when it is left out. */
  readonly requestsPerMinute?: number
  /** Where pages may load scripts and frames from beside this server: the check for robots, if there is one. */
  readonly scriptHosts?: () => readonly string[]
}

/** Cookies that an answer sets; a command returns them beside its data, the HTTP layer takes them off. */
export const setsCookie = Symbol('setsCookie')
export interface CookieChange {
  readonly name: string
  readonly value: string | null
  readonly maxAge?: number
}

const BODY_LIMIT = 2 * 1024 * 1024
const MEGABYTE = 1024 * 1024
const UPLOAD_LIMIT = 200 * MEGABYTE
/** What somebody sends who is not signed in, or to whom nobody need be: a form, and no more. */
const STRANGERS_BODY = 16 * 1024
/** Who is not signed in sends a photograph and nothing larger. */
const STRANGERS_LIMIT = 16 * MEGABYTE
let uploads = tmpdir()
/** Where files of requests lie while these are answered; what a killed process left there is gone with the next start. */
export async function useUploads(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder))
    if (!isAlive(Number(name))) await rm(join(folder, name), { recursive: true, force: true })
  uploads = join(folder, String(process.pid))
  await mkdir(uploads, { recursive: true, mode: 0o700 })
}

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const CSP = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  // Mantine computes inline style attributes; nonces do not cover those.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

const policyOf = (hosts: readonly string[]) =>
  hosts.length === 0
    ? CSP
    : { ...CSP, scriptSrc: [...CSP.scriptSrc, ...hosts], frameSrc: [...hosts], connectSrc: [...CSP.connectSrc, ...hosts] }

/** What keeps a browser safe, the same with every answer: made when those hosts are others, not for each. */
function safeHeaders(scriptHosts: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  const answer = { setHeader: (name: string, value: string) => void (headers[name] = value), removeHeader: () => undefined }
  const set = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: policyOf(scriptHosts) },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'same-origin' },
  })
  set({} as IncomingMessage, answer as unknown as ServerResponse, (error) => {
    if (error) throw error
  })
  return headers
}

/** Builds the server: one place where requests become commands and queries, and outcomes become answers. */
export async function makeHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: options.bodyLimit ?? BODY_LIMIT,
    trustProxy: options.trustProxy ?? false,
    genReqId: () => newId(),
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    logger: false,
    // Addresses that can't be read never reach a route, and are refused in the same shape.
    frameworkErrors: (error, request, reply) => void sendProblem(reply as FastifyReply, request, error),
  })
  await app.register(cookie)
  let safe = { hosts: '', headers: safeHeaders([]) }
  app.addHook('onRequest', (_, reply, done) => {
    const hosts = options.scriptHosts?.() ?? []
    if (safe.hosts !== hosts.join()) safe = { hosts: hosts.join(), headers: safeHeaders(hosts) }
    reply.headers(safe.headers)
    done()
  })
  await app.register(multipart, { limits: { files: 1, fields: 20, fileSize: UPLOAD_LIMIT } })
  await app.register(compress, { global: true, threshold: 2048, encodings: ['gzip', 'deflate'] })
  readJson(app)
  app.setErrorHandler((error, request, reply) => sendProblem(reply, request, error))
  app.addHook('onResponse', async (request, reply) => {
    observe(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime)
    // A stream of events lasts as long as its screen.
    if (reply.elapsedTime > 1000 && request.routeOptions.url !== '/api/live')
      log.warn({ traceId: request.id, route: request.routeOptions.url, ms: Math.round(reply.elapsedTime) }, 'slow request')
  })
  const hurry = limiterOf(options.requestsPerMinute)
  for (const group of options.routes) {
    for (const [route, endpoint] of Object.entries(group)) {
      const [method = 'GET', path = '/'] = route.split(' ')
      app.route({
        method: method as 'GET',
        url: `/api${path}`,
        ...(endpoint.spec.can === 'public' && { bodyLimit: STRANGERS_BODY }),
        onRequest: (request) => arrive(options, request),
        handler: (request, reply) => answer({ ...options, hurry }, endpoint, request, reply),
      })
    }
  }
  return app
}

/** A till in a rush makes some hundred requests a minute; a program that has gone wild makes thousands. Each process counts for itself. */
function limiterOf(points: number | undefined): (key: string) => Promise<void> {
  if (points === undefined) return async () => undefined
  const limiter = new RateLimiterMemory({ points, duration: 60 })
  return async (key) => {
    await limiter.consume(key).catch(({ msBeforeNext }: { msBeforeNext: number }) => {
      throw CommonProblem.tooMany({ seconds: Math.ceil(msBeforeNext / 1000) })
    })
  }
}

const visitors = new WeakMap<FastifyRequest, Visitor>()

/** Tells who asks before a byte of what they send is read: a stranger's long body is neither kept nor parsed. */
async function arrive(options: HttpOptions, request: FastifyRequest): Promise<void> {
  if (!UNSAFE.has(request.method)) return
  const visitor = await options.visitor(request)
  visitors.set(request, visitor)
  if (visitor.actor.kind !== 'user' || visitor.actor.id !== null || isMultipart(request)) return
  const length = request.headers['content-length']
  // What comes in pieces does not say how long it is.
  const isLong = length === undefined ? request.headers['transfer-encoding'] !== undefined : Number(length) > STRANGERS_BODY
  if (isLong) throw CommonProblem.tooLarge({ limit: `${STRANGERS_BODY / 1024} kB` })
}
const isMultipart = (request: FastifyRequest): boolean =>
  String(request.headers['content-type'] ?? '')
    .toLowerCase()
    .startsWith('multipart/form-data')

async function answer(
  options: HttpOptions & { hurry(key: string): Promise<void> },
  endpoint: Endpoint<never, unknown>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const unsafe = UNSAFE.has(request.method)
  if (unsafe) refuseCrossSite(request)
  const key = request.headers['idempotency-key']
  if (unsafe && (typeof key !== 'string' || key.length < 8 || key.length > 200)) throw CommonProblem.keyMissing()
  const visitor = visitors.get(request) ?? (await options.visitor(request))
  await options.hurry(visitor.actor.id ?? request.ip)
  // Nobody fills the disk of a shop whose door they may not enter.
  if (request.isMultipart()) authorise(visitor.actor, endpoint.spec.can)
  const { input, upload } = await readRequest(endpoint, request)
  const approval = approvalOf(request)
  try {
    const ctx: Ctx = {
      database: options.database,
      actor: visitor.actor,
      now: Temporal.Now.instant(),
      traceId: request.id,
      address: request.ip,
      device: request.headers['user-agent']?.slice(0, 300),
      ...(visitor.session && { session: visitor.session }),
      ...(visitor.provenAt && { provenAt: visitor.provenAt }),
      ...(visitor.holdsStill && { holdsStill: visitor.holdsStill }),
      cookies: request.cookies,
      // A key belongs to the person who sends it: nobody reads another one's answer by guessing. Hashed, every one is as long.
      ...(unsafe && { key: hash('sha256', `${visitor.actor.id ?? request.ip}:${key as string}`, 'base64url') }),
      ...(approval && { approval }),
      ...(request.method === 'HEAD' && { headOnly: true }),
      ...(unsafe && request.headers['review'] !== undefined && { isReview: true }),
      ...(upload && { upload }),
    }
    const output = await (endpoint as unknown as (ctx: Ctx, input: unknown) => Promise<unknown>)(ctx, input).catch(
      (error: unknown) => {
        noteRefusal(ctx, endpoint.spec, error, input)
        throw error
      },
    )
    return send(reply, request, output)
  } finally {
    if (upload) await rm(join(upload.path, '..'), { recursive: true, force: true })
  }
}

/** A second person's agreement: a header, or, where a browser fetches a file by its address, a part of that. */
function approvalOf(request: FastifyRequest): string | undefined {
  const given = request.headers['approval'] ?? (request.query as Record<string, unknown>)['approval']
  return typeof given === 'string' && /^[0-9a-f-]{36}$/.test(given) ? given : undefined
}

function send(reply: FastifyReply, request: FastifyRequest, output: unknown): unknown {
  if (output instanceof Download) {
    void reply
      .header('content-type', output.type)
      .header('cache-control', output.kept ? 'private, max-age=31536000, immutable' : 'no-store')
    void reply.header(
      'content-disposition',
      `${output.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(output.name)}`,
    )
    if (request.method !== 'HEAD') return reply.send(output.stream)
    // A file that nobody gets is not made.
    output.stream.destroy()
    return reply.send(Readable.from([]))
  }
  void reply.header('cache-control', 'no-store')
  if (typeof output !== 'object' || output === null) return reply.code(204).send()
  for (const change of (output as { [setsCookie]?: readonly CookieChange[] })[setsCookie] ?? []) setCookie(reply, change)
  const version = (output as { row?: { version?: number } }).row?.version
  if (version !== undefined) void reply.header('etag', `"${version}"`)
  if (request.method === 'POST' && 'id' in output && !('review' in output)) void reply.code(201)
  const isLong = Object.values(output).some((one) => Array.isArray(one) && one.length > PORTION)
  return reply.type('application/json; charset=utf-8').send(isLong ? Readable.from(jsonOf(output)) : JSON.stringify(output))
}

/** So many values of a list are written at a time; what a till carries has tens of thousands. */
const PORTION = 500

/** JSON of what has long lists, in portions: others have their turns in between. */
async function* jsonOf(output: object): AsyncGenerator<string> {
  const rest = turns()
  let before = '{'
  for (const [name, value] of Object.entries(output)) {
    const list = Array.isArray(value) && value.length > PORTION ? value : undefined
    const text = list ? '[' : JSON.stringify(value)
    if (text === undefined) continue
    yield `${before}${JSON.stringify(name)}:${text}`
    before = ','
    if (!list) continue
    for (let at = 0; at < list.length; at += PORTION) {
      await rest()
      yield (at > 0 ? ',' : '') + JSON.stringify(list.slice(at, at + PORTION)).slice(1, -1)
    }
    yield ']'
  }
  yield '}'
}

function setCookie(reply: FastifyReply, change: CookieChange): void {
  const base = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' as const }
  if (change.value === null) void reply.clearCookie(change.name, base)
  else void reply.setCookie(change.name, change.value, { ...base, ...(change.maxAge && { maxAge: change.maxAge }) })
}

/** A form on another site can neither send JSON nor our header, but old browsers are told apart by Origin as well. */
function refuseCrossSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw CommonProblem.forbidden()
  const { origin } = request.headers
  // The scheme is left alone: behind a proxy that ends TLS, this side of it speaks plain HTTP.
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.headers.host))
    throw CommonProblem.forbidden()
}

async function readRequest(
  endpoint: Endpoint<never, unknown>,
  request: FastifyRequest,
): Promise<{ input: unknown; upload?: Upload }> {
  const params = request.params as Record<string, string>
  const { approval: _, ...search } = request.query as Record<string, string>
  for (const text of [...Object.values(params), ...Object.values(search)]) {
    if (String(text).includes('\0')) throw CommonProblem.badRequest()
  }
  if (request.isMultipart()) {
    if (!endpoint.spec.takesFile) throw CommonProblem.wrongType()
    const { upload, fields } = await receive(request, endpoint.spec.can === 'public' ? STRANGERS_LIMIT : UPLOAD_LIMIT)
    return { input: { ...search, ...fields, ...params }, upload }
  }
  if (endpoint.spec.takesFile) throw CommonProblem.wrongType()
  if (request.method === 'GET' || request.method === 'HEAD') return { input: { ...search, ...params } }
  const body = request.body ?? {}
  if (typeof body !== 'object' || Array.isArray(body)) throw CommonProblem.badRequest()
  if (request.method === 'PATCH') {
    const match = /^(?:W\/)?"?(\d+)"?$/.exec(String(request.headers['if-match'] ?? ''))
    // Why stands beside the fields; no field has this name.
    const { because, ...changes } = body as Record<string, unknown>
    return {
      input: {
        ...params,
        ...(match && { ifMatch: Number(match[1]) }),
        ...(because !== undefined && { reason: because }),
        changes,
      },
    }
  }
  return { input: { ...body, ...params } }
}

async function receive(request: FastifyRequest, fileSize: number): Promise<{ upload: Upload; fields: Record<string, string> }> {
  const part = await request.file({ limits: { fileSize } }).catch(isBrokenForm)
  // Without a name it is no file, whatever its type says.
  if (!part?.filename) throw CommonProblem.badRequest()
  const folder = await mkdtemp(join(uploads, 'upload-'))
  const path = join(folder, 'file')
  try {
    const hash = createHash('sha256')
    await pipeline(
      part.file,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
    if (part.file.truncated) throw CommonProblem.tooLarge({ limit: `${fileSize / MEGABYTE} MB` })
    const fields: Record<string, string> = {}
    for (const [name, value] of Object.entries(part.fields)) {
      if (value && !Array.isArray(value) && value.type === 'field' && typeof value.value === 'string')
        fields[name] = withoutTurns(value.value)
    }
    return {
      upload: {
        path,
        name: part.filename.slice(-255),
        type: part.mimetype,
        size: (await stat(path)).size,
        hash: hash.digest('base64'),
      },
      fields,
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    return isBrokenForm(error)
  }
}

/** What the reader of forms says of one that ends early or has no boundary, without a code of its own. */
function isBrokenForm(error: unknown): never {
  if (
    error instanceof Error &&
    /Unexpected end|Boundary not found|Malformed|Premature close|Part terminated early/i.test(error.message)
  )
    throw CommonProblem.badRequest()
  throw error
}

/** Every refusal leaves in one shape; what we did not expect is logged with its trace id and told without details. */
export function sendProblem(reply: FastifyReply, request: { id: string; url: string }, error: unknown): FastifyReply {
  const problem = error instanceof Problem ? error : (fromOutage(request, error) ?? fromFastify(error, request))
  if (!problem) log.error({ traceId: request.id, url: request.url.split('?')[0], error }, 'unexpected failure')
  const status = problem?.status ?? 500
  const body = {
    type: `/api/docs#${problem?.code ?? 'kit.failure'}`,
    title: problem?.message ?? `Something went wrong on our side (ref ${request.id}).`,
    status,
    success: false,
    code: problem?.code ?? 'kit.failure',
    message: problem?.message ?? `Something went wrong on our side (ref ${request.id}).`,
    params: problem?.params ?? {},
    ...(problem?.details !== undefined && { details: problem.details }),
    traceId: request.id,
  }
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body))
}

/** Told to whoever asked as what it is, and to whoever looks after the server with all that is known. */
function fromOutage(request: { id: string; url: string }, error: unknown): Problem | undefined {
  const outage = outageOf(error)
  if (outage) log.error({ traceId: request.id, url: request.url.split('?')[0], error }, 'the machine or the database failed')
  return outage
}

function fromFastify(error: unknown, request: object): Problem | undefined {
  const { statusCode, code } = error as { statusCode?: number; code?: string }
  // A value in a question that no column can hold.
  if (asPgError(error)?.code.startsWith('22')) return CommonProblem.badRequest()
  if (statusCode === undefined || statusCode >= 500) return undefined
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE') return CommonProblem.tooLarge({ limit: limitOf(request) })
  if (statusCode === 415) return CommonProblem.wrongType()
  return CommonProblem.badRequest()
}

const limitOf = (request: object): string => {
  const limit = (request as Partial<FastifyRequest>).routeOptions?.bodyLimit ?? BODY_LIMIT
  return limit < MEGABYTE ? `${Math.round(limit / 1024)} kB` : `${Math.round(limit / MEGABYTE)} MB`
}
