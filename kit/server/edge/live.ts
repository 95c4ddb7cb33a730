import pg from 'pg'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { may, reaches, reachOf, type Actor } from '../../access.ts'
import { declaredEvents } from '../../event.ts'
import { onEventsCommitted } from '../door/command.ts'
import type { Database } from '../data/db.ts'
import { noticeChannels, noticed } from '../data/notice.ts'
import { CommonProblem } from '../../problem.ts'
import { sendProblem, type Visitor } from './http.ts'
import { log } from '../host/log.ts'

interface EventRow {
  readonly cursor: string
  readonly name: string
  readonly place: string | null
  readonly data: unknown
  readonly at: Temporal.Instant
}

interface Listener {
  visitor: Visitor
  send(row: EventRow): void
  /** Asks again who this is. */
  judge(): Promise<void>
  end(): void
}

const MOST = 500
/** Told to a screen that missed more than is sent to it one by one: it reads everything anew. */
const RELOAD = 'kit.reload'
// Only transactions that are surely over are read, in the order of their ids: a late commit is never jumped over.
const READ = `select xid::text || '.' || seq as cursor, name, place, data, at from event
  where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, seq limit ${MOST}`
// While no screen listens: only what changes somebody's rights, and how far that has been read.
const READ_RIGHTS = `select h.xmin::text as horizon, e.* from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) h
  left join lateral (select xid::text || '.' || seq as cursor, name, place, data, at from event
    where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < h.xmin and name = any($3::text[]) order by xid, seq limit ${MOST}) e on true`
const IS_KEPT = `select exists (select from event where (xid, seq) <= ($1::text::xid8, $2::bigint)) as is`
const NEWEST = `select pg_snapshot_xmin(pg_current_snapshot())::text as xid`
const rightsListeners = new Set<() => void>()
/** Called when somebody's rights have changed in any process; whoever remembers sessions forgets them. */
export const onRightsChanged = (listener: () => void): void => void rightsListeners.add(listener)

const STREAM = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const
const QUIET_MS = 25_000
const POLL_MS = 3_000
const GATHER_MS = 40

/** What happened at no place in particular is heard by those whose right is not only for what is theirs. */
export function hears(actor: Actor, permission: string, place: string | null): boolean {
  const reach = reachOf(actor, permission)
  if (!reach) return may(actor, permission)
  return place === null ? reach.all || reach.places.length > 0 : reaches(reach, place)
}

const isAfter = (cursor: string, other: string): boolean => {
  const [xid = '0', seq = '0'] = cursor.split('.')
  const [otherXid = '0', otherSeq = '0'] = other.split('.')
  return BigInt(xid) > BigInt(otherXid) || (xid === otherXid && BigInt(seq) > BigInt(otherSeq))
}

/**
 * Events to the screens as server-sent events. NOTIFY is sent once for many commits and outside of them, because a NOTIFY
 * inside a transaction makes all commits of the database queue behind one lock.
 */
export async function startLive(
  app: FastifyInstance,
  database: Database,
  url: string,
  visitorOf: (request: FastifyRequest) => Promise<Visitor>,
): Promise<{ stop(): Promise<void> }> {
  const listeners = new Set<Listener>()
  let { xid, seq } = { xid: (await database.pool.query<{ xid: string }>(NEWEST)).rows[0]!.xid, seq: '0' }
  let reading = false
  let again = false
  const read = async (): Promise<void> => {
    if (reading) {
      again = true
      return
    }
    reading = true
    try {
      do {
        again = false
        if (listeners.size === 0) {
          again = await readRights()
          continue
        }
        const { rows } = await database.pool.query<EventRow>(READ, [xid, seq])
        for (const row of rows) {
          ;[xid = xid, seq = seq] = row.cursor.split('.') as [string, string]
          await judgeAnew(row)
          for (const listener of listeners) listener.send(row)
        }
        if (rows.length === MOST) again = true
      } while (again)
    } catch (error) {
      log.warn({ error }, 'live updates could not be read; trying again')
    } finally {
      reading = false
    }
  }

  /** A shop sells hundreds of times while nobody looks on: nothing of it is fetched for no screen. @returns whether there is more */
  const readRights = async (): Promise<boolean> => {
    const names = [...declaredEvents.values()].filter((one) => one.rightsOf).map((one) => one.name)
    const { rows } = await database.pool.query<EventRow & { horizon: string }>(READ_RIGHTS, [xid, seq, names])
    const found = rows.filter((row) => row.cursor !== null)
    for (const row of found) await judgeAnew(row)
    if (found.length === MOST) [xid = xid, seq = seq] = found.at(-1)!.cursor.split('.') as [string, string]
    else [xid, seq] = [rows[0]!.horizon, '0']
    return found.length === MOST
  }

  /** Rights of somebody have changed, here or in another process: their open screens see it before anything else. */
  const judgeAnew = async ({ name, data }: EventRow): Promise<void> => {
    const { rightsOf } = declaredEvents.get(name) ?? {}
    if (!rightsOf) return
    for (const listener of rightsListeners) listener()
    const person = (data as Record<string, unknown>)[rightsOf]
    const isOf = ({ id, viewedBy }: Actor) => id === person || viewedBy?.id === person
    const concerned = [...listeners].filter((one) => rightsOf === 'everybody' || isOf(one.visitor.actor))
    await Promise.all(concerned.map((one) => one.judge()))
  }

  /** Another process has made a new key, or wrapped all of them by another master key. */
  const readKeys = () =>
    database.keys.load(database.pool).catch((error: unknown) => log.error({ error }, 'the keys of the fields could not be read'))

  let stopped = false
  let subscriber: pg.Client | undefined
  const subscribe = async (): Promise<void> => {
    if (stopped) return
    const client = new pg.Client({ connectionString: url, application_name: 'duka-live' })
    client.on('notification', ({ channel }) => {
      if (channel === 'duka_keys') void readKeys()
      else if (channel === 'duka_event') void read()
      else noticed(channel, database)
    })
    client.on('error', () => undefined)
    client.on('end', () => void setTimeout(() => void subscribe(), 1000).unref())
    try {
      await client.connect()
      await client.query(['duka_event', 'duka_keys', ...noticeChannels()].map((channel) => `listen ${channel}`).join('; '))
      // What was said before we listened, or while the connection was gone.
      for (const channel of noticeChannels()) noticed(channel, database)
      subscriber = client
      await read()
    } catch {
      await client.end().catch(() => undefined)
    }
  }
  await subscribe()

  let announcing: NodeJS.Timeout | undefined
  onEventsCommitted(() => {
    announcing ??= setTimeout(() => {
      announcing = undefined
      if (!stopped) database.pool.query('notify duka_event').catch(() => undefined)
    }, GATHER_MS)
  })
  const poll = setInterval(() => listeners.size > 0 && void read(), POLL_MS)

  app.get('/api/live', async (request, reply) => {
    const visitor = await visitorOf(request)
    if (!visitor.actor.id) return sendProblem(reply, request, CommonProblem.signedOut())
    // Whoever asks for the head only is told that, and listens to nothing.
    if (request.method === 'HEAD') return reply.headers(STREAM).send()
    await open(request, reply, visitor)
    return reply
  })

  async function open(request: FastifyRequest, reply: FastifyReply, visitor: Visitor) {
    reply.hijack()
    const out = reply.raw
    out.writeHead(200, STREAM)
    out.write(`retry: 2000\n\n`)
    // A screen that has gone may break the pipe while something is written; that is its end and nobody's failure.
    out.on('error', () => undefined)
    let beat: NodeJS.Timeout | undefined
    // What happens while it is told what it missed waits until that has been told.
    let held: EventRow[] | undefined = []
    const tell = (row: EventRow) => {
      const type = declaredEvents.get(row.name)
      if (out.writableEnded || !type || !hears(listener.visitor.actor, type.seenBy, row.place)) return
      if (type.onlyFor && (row.data as Record<string, unknown>)[type.onlyFor] !== listener.visitor.actor.id) return
      out.write(`id: ${row.cursor}\nevent: ${row.name}\ndata: ${JSON.stringify({ ...(row.data as object), at: row.at })}\n\n`)
    }
    const listener: Listener = {
      visitor,
      end() {
        clearInterval(beat)
        listeners.delete(listener)
        if (!out.writableEnded) out.end()
      },
      judge: () =>
        visitorOf(request).then(
          (now) => (now.actor.id ? void (listener.visitor = now) : listener.end()),
          () => listener.end(),
        ),
      send: (row) => (held ? void held.push(row) : tell(row)),
    }
    const since = /^(\d{1,18})\.(\d{1,18})$/.exec(String(request.headers['last-event-id'] ?? ''))
    listeners.add(listener)
    out.on('close', () => listener.end())
    let last = since?.[0] ?? ''
    if (since) {
      const [missed, isKept] = await Promise.all([
        database.pool.query<EventRow>(READ, [since[1], since[2]]),
        database.pool.query<{ is: boolean }>(IS_KEPT, [since[1], since[2]]),
      ]).catch((error: unknown) => {
        listener.end()
        throw error
      })
      // More than is told one by one, or some of it is forgotten already.
      const isTooMuch = missed.rows.length === MOST || !isKept.rows[0]!.is
      if (isTooMuch) out.write(`id: ${xid}.${seq}\nevent: ${RELOAD}\ndata: {}\n\n`)
      else for (const row of missed.rows) tell(row)
      last = isTooMuch ? `${xid}.${seq}` : (missed.rows.at(-1)?.cursor ?? last)
    }
    const waiting = held
    held = undefined
    for (const row of waiting) if (isAfter(row.cursor, last)) tell(row)
    beat = setInterval(() => {
      out.write(': still here\n\n')
      // The session may have run out.
      void listener.judge()
    }, QUIET_MS)
    if (out.closed) listener.end()
  }

  return {
    async stop() {
      stopped = true
      clearInterval(poll)
      clearTimeout(announcing)
      for (const listener of listeners) listener.end()
      await subscriber?.end().catch(() => undefined)
    },
  }
}
