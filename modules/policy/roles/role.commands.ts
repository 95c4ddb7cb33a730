import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { declaredAccess } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { crud, insertRow, lockRow } from '#kit/server/list/crud.ts'
import { roleLines } from '#modules/access/role/role.approvals.ts'
import { covers, linesOf, offeredScopes, reachOfLine, somebody } from '#modules/access/role/role.rules.ts'
import {
  forgetSessions,
  holdsRole,
  isRoleHeld,
  rolesWithLines,
  securityOf,
  writeLines,
  type RoleRow,
} from '#modules/access/index.ts'
import { lineSettings, role, roleChanged, roleKey, RoleProblem, type Line } from '#modules/access/role/role.ts'

const entity = role

/** A role of this company's own: with the lines of another one to begin with, or with none. */
export const createRole = command({
  name: 'access.createRole',
  can: 'access.role.edit',
  stepUp: true,
  input: z.object({
    name: z.string().trim().min(1).max(60),
    note: z.string().trim().max(400).nullable().default(null),
    from: roleKey.nullable().default(null),
  }),
  async run(tx, { name, note, from }) {
    const roles = await rolesWithLines(tx.db)
    const source = from === null ? null : roles.find((one) => one.key === from)
    if (source === undefined) throw RoleProblem.unknown({ role: from! })
    // An owner's copy is what its base suggests, and may be changed.
    const base = source?.base === 'owner' ? 'administrator' : (source?.base ?? null)
    refuseTaken(roles, name)
    const id = newId()
    const { hours, idleMinutes, lockMinutes, secondFactor, bindDevice } = source ?? { secondFactor: false, bindDevice: false }
    await insertRow(tx, entity, {
      id,
      key: keyOf(name),
      base,
      name,
      note,
      hours,
      idleMinutes,
      lockMinutes,
      secondFactor,
      bindDevice,
    })
    await writeLines(tx, id, Object.fromEntries(source?.settings ?? []))
    tx.emit(roleChanged, { role: id })
    return { id }
  },
})

const refuseTaken = (roles: readonly RoleRow[], name: string, but?: string) => {
  const isTaken = (one: RoleRow) => one.id !== but && (one.name ?? one.key).toLowerCase() === name.toLowerCase()
  if (roles.some(isTaken)) throw RoleProblem.nameTaken()
}

/** A name for machines, which people can still read in the trail. */
const keyOf = (name: string): string => {
  const letters = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 30)
  return `${letters || 'role'}-${randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0')}`
}

const knownPermissions = () => new Set(declaredAccess().flatMap((one) => Object.keys(one.permissions)))

/**
 * Changes what a role may do, for everybody who holds it and at once. `null` puts back what the program suggests. Whoever
 * changes it holds every right that they give or take, everywhere, and does not hold the role.
 */
export const setLines = command({
  name: 'access.setRoleLines',
  can: 'access.role.edit',
  stepUp: true,
  input: z.object({
    id: z.uuid(),
    lines: z.record(z.string().max(80), z.enum(lineSettings).nullable()).refine((lines) => Object.keys(lines).length > 0),
    reason: z.string().trim().max(300).optional(),
  }),
  async run(tx, { id, lines: wanted }) {
    await lockRow(tx, entity, id)
    const found = (await rolesWithLines(tx.db)).find((one) => one.id === id)!
    if (found.base === 'owner') throw RoleProblem.fixed()
    await refuseOwnRole(tx, found.key)
    const known = knownPermissions()
    const settings = new Map(found.settings)
    for (const [permission, setting] of Object.entries(wanted)) {
      const isOffered =
        setting === null || setting === 'none' || setting === 'never' || offeredScopes(permission).includes(setting)
      if (!known.has(permission) || !isOffered)
        throw CommonProblem.invalid({}, [{ path: permission, code: 'invalid', message: '' }])
      if (setting === null) settings.delete(permission)
      else settings.set(permission, setting)
    }
    const [before, after] = [linesOf(found.base, found.settings), linesOf(found.base, settings)]
    const changed = Object.keys(wanted).filter((permission) => before.get(permission) !== after.get(permission))
    refuseBeyond(tx, changed, before, after)
    if (changed.length > 0)
      await secondPerson(tx, roleLines, {
        facts: { role: found.name ?? found.key, before: side(before, changed), after: side(after, changed) },
      })
    await writeLines(tx, id, wanted)
    tx.about('access_role', id)
    if (changed.length > 0)
      tx.changed({
        table: 'access_role',
        record: id,
        before: { lines: side(before, changed) },
        after: { lines: side(after, changed) },
      })
    felt(tx, id)
    return { changed: changed.length }
  },
})

const side = (lines: ReadonlyMap<string, Line>, changed: readonly string[]) =>
  Object.fromEntries(changed.map((permission) => [permission, lines.get(permission) ?? null]))

/** Everybody who holds it works with it at once, on screens that are open too. */
function felt(tx: Tx, id: string): void {
  tx.emit(roleChanged, { role: id })
  tx.afterCommit(forgetSessions)
}

function refuseBeyond(
  tx: Tx,
  changed: readonly string[],
  before: ReadonlyMap<string, Line>,
  after: ReadonlyMap<string, Line>,
): void {
  const { actor } = tx
  if (actor.kind !== 'user') return
  const everywhere = { role: '', place: null }
  const isYours = (permission: string) =>
    [before.get(permission), after.get(permission)].every((line) => {
      if (line === undefined) return true
      const scope = line === 'never' || line === 'seller' ? 'all' : line
      return covers(actor.grants.get(permission), reachOfLine(scope, permission, everywhere, somebody(actor.id!)))
    })
  if (!changed.every(isYours)) throw CommonProblem.forbidden()
}

async function refuseOwnRole(tx: Tx, key: string): Promise<void> {
  if (tx.actor.kind !== 'user' || tx.actor.isOwner) return
  if (await holdsRole(tx, tx.actor.id!, key)) throw RoleProblem.yourOwn()
}

async function refuseWhileHeld(tx: Tx, key: string): Promise<void> {
  const [isHeld, { groupRoles }] = await Promise.all([isRoleHeld(tx, key), securityOf(tx.db)])
  if (isHeld || groupRoles.some((one) => one.role === key)) throw RoleProblem.held()
}

/** Its name and how its holders sign in; what it may do goes through `setLines`. */
export const roleVerbs = crud(
  role,
  {
    async beforeChange(tx, row, changes) {
      // How owners sign in is for owners.
      if (row.base === 'owner' && tx.actor.kind === 'user' && !tx.actor.isOwner) throw CommonProblem.forbidden()
      await refuseOwnRole(tx, row.key)
      if (changes.name) refuseTaken(await rolesWithLines(tx.db), changes.name, row.id)
    },
    async beforeArchive(tx, row) {
      if (row.base === 'owner' && row.key === 'owner') throw RoleProblem.fixed()
      await refuseWhileHeld(tx, row.key)
    },
    async afterChange(tx, row) {
      felt(tx, row.id)
    },
  },
  { creatable: false, stepUp: true },
)
