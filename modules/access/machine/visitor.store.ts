import { provideVisitors } from '#kit/server/edge/visitor.ts'
import type { Database } from '#kit/server/data/db.ts'
import type { Visitor } from '#kit/server/edge/http.ts'
import { guestVisitor, visitorBy, visitorOf } from '../session/session.store.ts'
import { SESSION } from '../session/session.ts'
import { visitorOfKey } from './api-key.store.ts'
import { familyOf } from './token.store.ts'

interface Arriving {
  readonly cookies: Record<string, string | undefined>
  readonly headers: { readonly authorization?: string | undefined }
  readonly ip?: string
}

/**
 * Who comes with a request: a browser by its cookie, an app or a program by what stands in `Authorization: Bearer`. A request
 * that shows such a token is judged by it alone, whatever cookies come along.
 */
export async function arrived(database: Database, request: Arriving, options: { isHand?: boolean } = {}): Promise<Visitor> {
  const [, bearer] = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (!bearer) return visitorOf(database, request.cookies[SESSION.cookie], options)
  if (bearer.startsWith('duka_')) return visitorOfKey(database, bearer, request.ip)
  const found = await familyOf(database, bearer)
  if (!found) return guestVisitor
  const visitor = await visitorBy(database, { family: found.family }, options.isHand ?? true)
  return visitor.actor.id === found.subject ? visitor : guestVisitor
}

/** Says to the server who comes. */
export const visitors = provideVisitors(arrived)
