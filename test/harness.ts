import { onEnd } from './end.ts'
import { type Actor } from '#kit/access.ts'
import type { ShippedRole } from '#kit/program.ts'
import { newId } from '#kit/id.ts'
import { systemContext, type Ctx } from '#kit/server/door/context.ts'
import { openDatabase, type Database } from '#kit/server/data/db.ts'
import { setLogLevel } from '#kit/server/host/log.ts'
import '../server.ts'
import { grantsOf, linesOf } from '#modules/access/role/role.rules.ts'
import { expectSetupCode } from '#modules/setup/index.ts'
import { setUp } from '#modules/setup/company/setup.commands.ts'
import { setsCookie, type CookieChange } from '#kit/server/edge/http.ts'
import { useSigner } from '#kit/server/door/audit-seal.ts'
import { useMasterKeys } from '#kit/server/data/seal.ts'
import { cloneTemplate, COMPANY, dropClone, freshen, MASTER_KEY } from './template.ts'
import { shippedRoles } from '#modules/access/role/shipped.ts'

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

type Options = { country?: string; currency?: string; costing?: 'average' | 'fifo' }
interface Made {
  readonly place: string
  readonly location: string
  readonly till: string
  readonly user: string
  readonly cookie: string
}

// One in each program: what is remembered of a session knows it by its token, and not by its database.
let made = process.env['DUKA_TEST_COMPANY']

/**
 * A company that has been set up, in a database of its own: real PostgreSQL, real locks and constraints. The first of a file is a
 * copy of one that the run has set up, unless it is another one than most.
 */
export async function aCompany(options: Options = {}): Promise<World> {
  const name = `t_${newId().replaceAll('-', '')}`
  const known = Object.keys(options).length === 0 && made ? (JSON.parse(made) as Made) : undefined
  if (known) made = undefined
  const url = await cloneTemplate(server(), name, known && COMPANY)
  if (known) await freshen(server(), name)
  const database = openDatabase(url, { max: 30 })
  onEnd(async () => {
    await database.close()
    await dropClone(server(), name)
  })
  // Setting one up reads the keys of its data on the way.
  if (known) await database.keys.load(database.pool)
  return worldOf(database, url, known ?? (await setUpCompany(database, options)))
}

/** Sets up the company that test files copy. @returns what `aCompany` needs to know of it, as text */
export async function prepareCompany(at: string): Promise<string> {
  const database = openDatabase(await cloneTemplate(at, COMPANY), { max: 4 })
  const known = await setUpCompany(database, {})
  await database.close()
  return JSON.stringify(known)
}

async function setUpCompany(database: Database, options: Options): Promise<Made> {
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
  const { place, location, till, user } = answer
  return { place, location, till, user, cookie: (answer as unknown as { [setsCookie]: CookieChange[] })[setsCookie][0]!.value! }
}

function worldOf(database: Database, url: string, { user, cookie, ...at }: Made): World {
  const as: World['as'] = (role, { place, id = user, more = {} } = {}) => {
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
    ...at,
    owner: user,
    cookie,
    ctx: (more = {}) => as('owner', { more }),
    as,
  }
}
