import { BlockList, isIPv6 } from 'node:net'
import type { Actor, Reach } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Database } from '#kit/server/db.ts'
import type { Visitor } from '#kit/server/http.ts'
import { perMinute } from '../sign-in/throttle.store.ts'
import { alsoForget, grantsOf, guestVisitor, tokenHash } from '../session/session.store.ts'
import type { Membership } from '../user/user.ts'
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
  const grants = new Map<string, Reach>([...grantsOf(key.memberships)].filter(([name]) => key.permissions.includes(name)))
  const actor: Actor = {
    kind: 'user',
    id: key.holder,
    name: `${key.person} · ${key.name}`,
    grants,
    locale: key.locale,
    isProgram: true,
  }
  return { actor }
}

async function find(database: Database, hash: string): Promise<Found | undefined> {
  const cached = known.get(hash)
  if (cached && Date.now() - cached.at < FRESH_MS) return cached.found
  const { rows } = await database.pool.query<Record<string, unknown>>(
    `select k.id, k.holder, k.name, u.name as person, u.locale, k.permissions, k.addresses, k.rate, k.used_at,
       (select coalesce(jsonb_agg(jsonb_build_object('role', m.role, 'place', m.place)), '[]') from access_member m where m.holder = u.id) as memberships
     from access_api_key k join access_user u on u.id = k.holder
     where k.token_hash = $1 and k.state = 'active' and u.state = 'active' and (k.expires_at is null or k.expires_at > now())`,
    [hash],
  )
  const row = rows[0]
  const found = row && ({ ...row, usedAt: row['used_at'] } as unknown as Found)
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
