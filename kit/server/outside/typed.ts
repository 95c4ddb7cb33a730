import { CommonProblem } from '../../problem.ts'
import type { Tx } from '../door/context.ts'
import { noteSetting, writeSetting } from '../door/setting.ts'
import { keysOf } from '../data/db.ts'
import { isAsked, isNeeded, withGiven, type Adapter, type AdapterField, type AdapterValues } from './adapter.ts'
import { refuseTyped } from './reach.ts'
import { CHANGED, givenTo, isLocked, readTyped, sealedAbout, secretId, settingOf, useTyped } from './values.ts'

export interface Typed {
  readonly values: AdapterValues
  readonly secrets: Readonly<Record<string, string>>
}
type Issue = { readonly path: string; readonly code: string; readonly message: string }

/**
 * Keeps what was typed on the page of a connection; a secret that is left out stays as it is, unless something else says now where
 * it is sent. The trail learns which secrets are others, never what they are.
 * @throws `kit.invalid`, `kit.adapter.inside`
 */
export async function saveTyped(tx: Tx, of: Adapter, typed: Typed): Promise<void> {
  const before = (await readTyped(tx.db, [of.name])).get(of.name)!
  const was = Object.keys(before).filter((name) => of.fields[name]?.kind === 'secret')
  const isElsewhere = Object.entries(of.fields).some(
    ([name, { isTarget }]) => isTarget && differs(of, name, before, typed.values),
  )
  const dropped = isElsewhere ? was.filter((name) => !(name in typed.secrets)) : []
  const left = was.filter((name) => !dropped.includes(name))
  const plain = judged(of, typed, left)
  const set = Object.entries(typed.secrets)
  await writeSetting(tx, settingOf(of), plain)
  noteSetting(
    tx,
    settingOf(of),
    Object.fromEntries(was.map((name) => [name, 'set'])),
    Object.fromEntries([
      ...left.map((name) => [name, 'set']),
      ...set.map(([name]) => [name, was.includes(name) ? 'set anew' : 'set']),
    ]),
  )
  await forgetSecrets(tx, of, dropped)
  await keepSecrets(tx, of, set)
  // How the last try went says nothing of these values.
  await tx.db.deleteFrom('outsideTest').where('adapter', '=', of.name).execute()
  await announce(tx)
}

/** Forgets all that was typed: what the environment says stays. */
export async function forgetTyped(tx: Tx, of: Adapter): Promise<void> {
  const before = (await readTyped(tx.db, [of.name])).get(of.name)!
  noteSetting(
    tx,
    settingOf(of),
    Object.fromEntries(Object.entries(before).map(([name, value]) => [name, of.fields[name]?.kind === 'secret' ? 'set' : value])),
    {},
  )
  await forgetSecrets(
    tx,
    of,
    Object.keys(before).filter((name) => of.fields[name]?.kind === 'secret'),
  )
  await tx.db.deleteFrom('setting').where('name', '=', settingOf(of)).execute()
  await tx.db.deleteFrom('outsideTest').where('adapter', '=', of.name).execute()
  await announce(tx)
}

async function announce(tx: Tx): Promise<void> {
  const { database } = tx.ctx
  await tx.client.query(`notify ${CHANGED}`)
  // This process hears of it like all others; whoever waits for the answer finds it done.
  tx.afterCommit(() => useTyped(database).catch(() => undefined))
}

const differs = (of: Adapter, name: string, before: AdapterValues, after: AdapterValues) =>
  withGiven(of, before)[name] !== withGiven(of, after)[name]

async function keepSecrets(tx: Tx, of: Adapter, secrets: readonly (readonly [string, string])[]): Promise<void> {
  if (secrets.length === 0) return
  const keys = keysOf(tx.db)
  const rows = secrets.map(([field, value]) => {
    const id = secretId(of, field)
    return { id, value: keys.seal(value, sealedAbout(id)), setAt: tx.now, setBy: tx.actor.id }
  })
  await tx.db
    .insertInto('outsideSecret')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        value: eb.ref('excluded.value'),
        setAt: eb.ref('excluded.setAt'),
        setBy: eb.ref('excluded.setBy'),
      })),
    )
    .execute()
}

async function forgetSecrets(tx: Tx, of: Adapter, fields: readonly string[]): Promise<void> {
  if (fields.length === 0) return
  await tx.db
    .deleteFrom('outsideSecret')
    .where(
      'id',
      'in',
      fields.map((field) => secretId(of, field)),
    )
    .execute()
}

/** What is asked for and may be said by the page, each field judged. */
function judged(of: Adapter, { values, secrets }: Typed, kept: readonly string[]): AdapterValues {
  const given = givenTo(of)
  const issues: Issue[] = []
  const refuse = (path: string, code: string) => void issues.push({ path, code, message: code })
  const isFree = (name: string) => !isLocked(of, name, given)
  for (const name of [...Object.keys(values), ...Object.keys(secrets)])
    if (!of.fields[name] || of.fields[name].isHidden || (of.fields[name].kind === 'secret') !== name in secrets || !isFree(name))
      refuse(name, 'unrecognized_keys')
  const all = withGiven(of, { ...values, ...given.values })
  const plain: Record<string, string | number> = {}
  for (const [name, field] of Object.entries(of.fields)) {
    if (!isFree(name) || !isAsked(field, all)) continue
    const isSecret = field.kind === 'secret'
    const value = isSecret ? (secrets[name]?.trim() ?? (kept.includes(name) ? 'kept' : '')) : (all[name] ?? '')
    const code = value === '' ? (isNeeded(field, all) || name in secrets ? 'required' : undefined) : faultOf(field, value)
    if (code) refuse(name, code)
    else if (!isSecret && value !== '') plain[name] = value
  }
  if (issues.length > 0) throw CommonProblem.invalid({}, issues)
  return plain
}

function faultOf({ kind, options, least = 0, most = 200 }: AdapterField, value: string | number): string | undefined {
  if (kind === 'number') return typeof value === 'number' && value >= least && value <= most ? undefined : 'outOfRange'
  if (typeof value !== 'string') return 'invalid_type'
  if (kind === 'choice') return options?.includes(value) ? undefined : 'invalid_value'
  if (kind === 'secret') return value.length > 2_000 ? 'too_big' : undefined
  if (value.length > most) return 'too_big'
  if (kind === 'address') return faultOfAddress(value)
  if (kind !== 'host') return undefined
  if (!/^[\w.:-]+$/.test(value)) return 'host'
  refuseTyped(value)
  return undefined
}

function faultOfAddress(value: string): string | undefined {
  const url = URL.parse(value)
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username !== '') return 'url'
  refuseTyped(url.hostname)
  // In the clear only to this very machine.
  const isLocal = /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)
  return url.protocol === 'https:' || isLocal ? undefined : 'url'
}
