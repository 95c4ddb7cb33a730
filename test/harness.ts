import { onEnd } from './end.ts'
import { shippedRoles, type Actor, type ShippedRole } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { systemContext, type Ctx } from '#kit/server/context.ts'
import { openDatabase, type Database } from '#kit/server/db.ts'
import { setLogLevel } from '#kit/server/log.ts'
import '../server.ts'
import { grantsOf, linesOf } from '#modules/access/role/role.rules.ts'
import { expectSetupCode } from '#modules/setup/index.ts'
import { setUp } from '#modules/setup/company/setup.commands.ts'
import { setsCookie, type CookieChange } from '#kit/server/http.ts'
import { useSigner } from '#kit/server/audit-seal.ts'
import { useMasterKeys } from '#kit/server/seal.ts'
import { cloneTemplate, dropClone, MASTER_KEY } from './template.ts'

setLogLevel('error')
useMasterKeys([Buffer.from(MASTER_KEY, 'base64')])
useSigner(Buffer.from(MASTER_KEY, 'base64'))

/** The server that the test run started; each test file works in a clone of its template. */
export function server(): string {
  const url = process.env['DUKA_TEST_PG']
  if (!url) throw new Error('DUKA_TEST_PG is not set: run the tests with npm test, or bin/test <file>')
  return url
}

const shippedPolicy = new Map(shippedRoles.map((role) => [role, linesOf(role, new Map())]))

export interface World {
  readonly database: Database
  readonly url: string
  readonly place: string
  readonly location: string
  readonly till: string
  readonly owner: string
  readonly cookie: string
  /** The context of the owner; `as` makes one for another role. */
  ctx(more?: Partial<Ctx>): Ctx
  as(role: ShippedRole, options?: { place?: string; id?: string; more?: Partial<Ctx> }): Ctx
}

/**
 * A company that has been set up, in a database of its own: real PostgreSQL, real locks and constraints.
 */
export async function aCompany(
  options: { country?: string; currency?: string; costing?: 'average' | 'fifo' } = {},
): Promise<World> {
  const name = `t_${newId().replaceAll('-', '')}`
  const url = await cloneTemplate(server(), name)
  const database = openDatabase(url, { max: 30 })
  onEnd(async () => {
    await database.close()
    await dropClone(server(), name)
  })
  expectSetupCode(database, '1234-5678')
  const answer = await setUp(systemContext(database, 'test'), {
    code: '12345678',
    company: {
      name: 'Baraka Stores',
      country: options.country ?? 'KE',
      currency: (options.currency ?? 'KES') as 'KES',
      locale: 'en',
      timeZone: 'Africa/Nairobi',
      cutOffHour: 4,
      costing: options.costing ?? 'average',
    },
    store: { name: 'Main Street', till: 'Till 1' },
    owner: { name: 'Amina Owner', email: 'amina@example.com', password: 'correct horse battery' },
  })
  const as: World['as'] = (role, { place, id = answer.user, more = {} } = {}) => {
    const actor: Actor = {
      kind: 'user',
      id,
      name: role,
      grants: grantsOf([{ role, place: place ?? null }], shippedPolicy, { id, team: [] }, []),
      isOwner: role === 'owner',
      locale: 'en',
    }
    const now = Temporal.Now.instant()
    return { database, actor, now, provenAt: more.now ?? now, traceId: newId(), ...more }
  }
  return {
    database,
    url,
    place: answer.place,
    location: answer.location,
    till: answer.till,
    owner: answer.user,
    cookie: (answer as unknown as { [setsCookie]: CookieChange[] })[setsCookie][0]!.value!,
    ctx: (more = {}) => as('owner', { more }),
    as,
  }
}
