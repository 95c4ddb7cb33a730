import type { Database, Db } from '../data/db.ts'
import { keysOf } from '../data/db.ts'
import { onNotice } from '../data/notice.ts'
import { hideInLogs, log } from '../host/log.ts'
import { NewerKey } from '../data/seal.ts'
import { sealedText } from '../vault/reseal.ts'
import { adapters, complete, withGiven, type Adapter, type AdapterValues } from './adapter.ts'
import { givenBy, type Given } from './environment.ts'

type Env = Readonly<Record<string, string | undefined>>

export const settingOf = ({ name }: Pick<Adapter, 'name'>): string => `adapter.${name}`
export const secretId = ({ name }: Pick<Adapter, 'name'>, field: string): string => `${name}.${field}`
export const sealedAbout = sealedText('outside_secret', 'value', (id) => `outside_secret ${id} value`)
/** Told to all processes when a page has changed a connection. */
export const CHANGED = 'duka_outside'

let environment: Env = {}
let typed: ReadonlyMap<string, AdapterValues> = new Map()
const inUse = new Map<string, { text: string; values: AdapterValues | undefined }>()

export const givenTo = (of: Adapter): Given => givenBy(of, environment)

/** May the page say this? Not what the environment gives, nor where a key of the environment is sent. */
export const isLocked = (of: Adapter, field: string, given: Given): boolean =>
  field in given.by || (given.hasSecret && of.fields[field]?.isTarget === true)

export interface Merged {
  /** With what was typed where the environment says nothing. */
  readonly values: AdapterValues
  readonly complete: AdapterValues | undefined
  readonly isTyped: boolean
}

/** The environment wins, field by field. */
export function merged(of: Adapter, own: AdapterValues): Merged {
  const given = givenTo(of)
  const free = Object.fromEntries(Object.entries(own).filter(([name]) => !isLocked(of, name, given)))
  const values = { ...free, ...given.values }
  const isTyped = Object.keys(withGiven(of, free)).some((name) => of.fields[name]?.isTarget && !(name in given.by))
  return { values, complete: complete(of, values), isTyped }
}

/** Everything that was typed on the page of each, secrets opened. */
export async function readTyped(db: Db, names: readonly string[]): Promise<Map<string, AdapterValues>> {
  const [settings, secrets] = await Promise.all([
    db
      .selectFrom('setting')
      .select(['name', 'value'])
      .where(
        'name',
        'in',
        names.map((name) => settingOf({ name })),
      )
      .execute(),
    db.selectFrom('outsideSecret').select(['id', 'value']).execute(),
  ])
  const keys = keysOf(db)
  return new Map(
    names.map((name) => {
      const plain = settings.find((one) => one.name === settingOf({ name }))?.value as AdapterValues | undefined
      const own = secrets
        .filter(({ id }) => id.startsWith(`${name}.`))
        .map(({ id, value }) => [id.slice(name.length + 1), keys.open(value, sealedAbout(id))])
      return [name, { ...plain, ...(Object.fromEntries(own) as AdapterValues) }]
    }),
  )
}

/** Lets every adapter whose values are others now go on with those. */
function apply(): void {
  for (const one of adapters()) {
    const { complete: values, isTyped } = merged(one, typed.get(one.name) ?? {})
    const text = JSON.stringify([values ?? null, isTyped])
    if (inUse.get(one.name)?.text === text) continue
    inUse.set(one.name, { text, values })
    one.use(values, { isTyped })
  }
}

/** What the environment says of the services of others. Called again when one of its secrets is another. @throws ConfigError */
export function useEnvironment(env: Env): void {
  environment = env
  apply()
}

/** Reads what the pages say, now and whenever another process has changed it. */
export async function useTyped(database: Database): Promise<void> {
  const names = adapters().map((one) => one.name)
  typed = await readTyped(database.db, names).catch(async (error: unknown) => {
    // Another process has begun to seal with a newer key.
    if (!(error instanceof NewerKey)) throw error
    await database.keys.load(database.pool)
    return readTyped(database.db, names)
  })
  const secrets = adapters().flatMap((one) =>
    Object.entries(typed.get(one.name) ?? {}).flatMap(([name, value]) =>
      one.fields[name]?.kind === 'secret' ? [String(value)] : [],
    ),
  )
  hideInLogs(secrets, 'pages')
  apply()
}

onNotice(CHANGED, (database) =>
  useTyped(database).catch((error: unknown) => log.error({ error }, 'the connections could not be read anew')),
)

/** What pages may load scripts and frames from, by the services in use. */
export const pageHosts = (): readonly string[] =>
  adapters().flatMap((one) => {
    const { values } = inUse.get(one.name) ?? {}
    return values && one.pageHosts ? one.pageHosts(values) : []
  })
