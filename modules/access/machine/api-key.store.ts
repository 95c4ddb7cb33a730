import { BlockList, isIPv6 } from 'node:net'
import type { Reach } from '#kit/access.ts'
import { sql } from 'kysely'
import { CommonProblem } from '#kit/problem.ts'
import type { Database } from '#kit/server/data/db.ts'
import type { Visitor } from '#kit/server/edge/http.ts'
import { perMinute } from '../throttle/throttle.store.ts'
import type { Membership } from '../role/role.ts'
import { actorOf, membershipsJson, teamJson } from '../role/role.store.ts'
import { alsoForget, guestVisitor, tokenHash } from '../session/session.store.ts'
import { API_KEY } from './machine.ts'

const FRESH_MS = 2_000
const USED_EVERY_MS = 60_000
const known = new Map<string, { at: number; found: Found | undefined }>()
alsoForget(() => known.clear())

interface Found {
  readonly id: string
  readonly holder: string
  readonly name: string
  readonly person: string
  readonly locale: string
  readonly permissions: readonly string[]
  readonly addresses: readonly string[]
  readonly rate: number
  readonly usedAt: Temporal.Instant | null
  readonly memberships: readonly Membership[]
  readonly team: readonly string[]
}

/**
 * Who calls with a key: its holder, with those of the key's permissions that they hold themselves right now. A key that is
 * unknown, over, or used from elsewhere is a guest.
 * @throws `kit.tooMany` beyond the key's rate
 */
export async function visitorOfKey(database: Database, token: string, address: string | undefined): Promise<Visitor> {
  if (!API_KEY.test(token)) return guestVisitor
  const key = await find(database, tokenHash(token))
  if (!key || !isFrom(key.addresses, address)) return guestVisitor
  const left = await perMinute(database, `key ${key.id}`, key.rate)
  if (left > 0) throw CommonProblem.tooMany({ seconds: left })
  if (!key.usedAt || Date.now() - key.usedAt.epochMilliseconds > USED_EVERY_MS)
    database.pool
      .query('update access_api_key set used_at = now(), used_from = $2 where id = $1', [key.id, address ?? null])
      .catch(() => undefined)
  const { holder, person, name, permissions, locale, memberships, team } = key
  const whole = await actorOf(database, { id: holder, name: `${person} · ${name}`, locale, memberships, team })
  const grants = new Map<string, Reach>([...whole.grants].filter(([permission]) => permissions.includes(permission)))
  const holdsStill = async () => (await active(database, tokenHash(token)).select('k.id').executeTakeFirst()) !== undefined
  return { actor: { ...whole, grants, isOwner: false, isProgram: true }, holdsStill }
}

const active = ({ db }: Database, hash: string) =>
  db
    .selectFrom('accessApiKey as k')
    .innerJoin('accessUser as u', 'u.id', 'k.holder')
    .where('k.tokenHash', '=', hash)
    .where('k.state', '=', 'active')
    .where('u.state', '=', 'active')
    .where((eb) => eb.or([eb('k.expiresAt', 'is', null), eb('k.expiresAt', '>', sql<Temporal.Instant>`now()`)]))

async function find(database: Database, hash: string): Promise<Found | undefined> {
  const cached = known.get(hash)
  if (cached && Date.now() - cached.at < FRESH_MS) return cached.found
  const found = (await active(database, hash)
    .select(['k.id', 'k.holder', 'k.name', 'u.name as person', 'u.locale', 'k.permissions', 'k.addresses', 'k.rate', 'k.usedAt'])
    .select([membershipsJson(sql`u.id`).as('memberships'), teamJson(sql`u.id`).as('team')])
    .executeTakeFirst()) as Found | undefined
  if (known.size > 5_000) known.clear()
  known.set(hash, { at: Date.now(), found })
  return found
}

/** Does an address lie in one of the networks? None means anywhere. */
export function isFrom(networks: readonly string[], address: string | undefined): boolean {
  if (networks.length === 0) return true
  if (!address) return false
  const list = new BlockList()
  for (const network of networks) {
    const [net = '', bits] = network.split('/')
    const type = isIPv6(net) ? 'ipv6' : 'ipv4'
    list.addSubnet(net, Number(bits ?? (type === 'ipv6' ? 128 : 32)), type)
  }
  // An IPv4 caller may arrive in the clothes of IPv6.
  const plain = address.replace(/^::ffff:/, '')
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}
