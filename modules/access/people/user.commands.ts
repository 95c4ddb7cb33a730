import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { blindIndexes } from '#kit/server/data/blind.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { erase, ERASED } from '#kit/server/list/keeping.ts'
import { endSessionsOf, forgetSessions } from '../session/session.store.ts'
import { withdrawOpen } from '../invitation/invitation.store.ts'
import { difference, distinct, membershipsInput } from '../role/role.ts'
import { user as people, userChanged, userLife, UserProblem } from '../user/user.ts'
import { forgetUser } from './erase.store.ts'
import { agreeTo, giveRoles, judgeRoles, membershipsOf, onlyPlace, refuseBeyond, refuseTeamBeyond } from '../user/user.store.ts'
import { step } from '#kit/server/door/step.ts'

/** Why, and who asked for it: it stays in the person's history. */
const reason = z.string().trim().min(3).max(300).optional()

/** Replaces all roles of a person. Sessions of theirs end, so that the change is felt at once. */
export const setRoles = command({
  name: 'access.setRoles',
  can: 'access.user.edit',
  stepUp: true,
  input: z.object({ id: z.uuid(), roles: membershipsInput, reason }),
  async run(tx, { id, roles: wanted }) {
    const { name: person, erasedAt, team } = await lockUser(tx, id)
    if (erasedAt) throw UserProblem.erased()
    if (id === tx.actor.id) throw UserProblem.notYourself()
    const [before, roles] = [await membershipsOf(tx.db, id), distinct(wanted)]
    const changed = difference(before, roles)
    if (changed.length === 0) return { id, changed: false }
    if ([...before, ...roles].some((one) => one.role === 'owner') && !(await isOwner(tx, tx.actor.id)))
      throw UserProblem.ownersOnly()
    await refuseBeyond(tx, changed)
    if (team) await refuseTeamBeyond(tx, id, team, roles)
    await judgeRoles(
      tx,
      difference(changed, before).filter((one) => roles.includes(one as never)),
    )
    await agreeTo(tx, { person, before, after: roles })
    await tx.db.deleteFrom('accessMember').where('holder', '=', id).execute()
    await giveRoles(tx, id, roles)
    await keepAnOwner(tx)
    await endSessionsOf(tx, id)
    await withdrawOpen(tx, 'invitedBy', id)
    tx.about('access_user', id, onlyPlace(roles))
    tx.changed({ table: 'access_user', record: id, before: { roles: before }, after: { roles } })
    tx.emit(userChanged, { user: id })
    tx.afterCommit(forgetSessions)
    return { id, changed: true }
  },
})

const moving = (verb: keyof typeof userLife.steps & string) =>
  command({
    name: `access.${verb}User`,
    can: userLife.steps[verb].can,
    takes: [`access.user:${verb}`],
    stepUp: true,
    input: z.object({ id: z.uuid(), reason }),
    async run(tx, { id }) {
      const user = await lockUser(tx, id)
      if (user.erasedAt) throw UserProblem.erased()
      if (id === tx.actor.id) throw UserProblem.notYourself()
      const roles = await membershipsOf(tx.db, id)
      await refuseBeyond(tx, roles)
      await agreeTo(tx, { person: user.name, before: roles, after: roles, facts: { act: tx.asked.command } })
      await step(tx, people, user, verb)
      await keepAnOwner(tx)
      if (verb === 'disable') {
        await endSessionsOf(tx, id)
        // Whoever is shut out has nobody let in behind them.
        await withdrawOpen(tx, 'invitedBy', id)
      }
      tx.about('access_user', id, onlyPlace(roles))
      tx.emit(userChanged, { user: id })
      tx.afterCommit(forgetSessions)
      return { changed: true }
    },
  })
export const disableUser = moving('disable')
export const enableUser = moving('enable')

/**
 * Takes away what is known about somebody who no longer works here: name, addresses, numbers, picture, ways in, messages to
 * them. What they did stays in the trail under the name that they had.
 */
export const eraseUser = command({
  name: 'access.eraseUser',
  can: 'access.user.erase',
  stepUp: true,
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(3).max(300) }),
  async run(tx, { id }) {
    const user = await lockUser(tx, id)
    if (user.erasedAt) throw UserProblem.erased()
    if (user.state !== 'disabled') throw UserProblem.disableFirst()
    const roles = await membershipsOf(tx.db, id)
    await refuseBeyond(tx, roles)
    await agreeTo(tx, { person: user.name, before: roles, after: [], facts: { act: tx.asked.command } })
    await erase(tx, { record: id, indexes: [...user.formerIndexes, ...blindIndexes(tx.db, [user.email, ...user.phones])] })
    await forgetUser(tx, user)
    tx.about('access_user', id, onlyPlace(roles))
    const before = { name: user.name, email: user.email, phones: user.phones }
    tx.changed({ table: 'access_user', record: id, version: user.version + 1, before, after: { name: ERASED } })
    tx.emit(userChanged, { user: id })
    tx.afterCommit(forgetSessions)
    return { erased: true }
  },
})

/** Locks owners first and in one order, so that two people can't demote each other at the same moment. */
async function lockUser(tx: Tx, id: string) {
  const rows = await tx.db
    .selectFrom('accessUser')
    .select(['id', 'name', 'email', 'phones', 'photo', 'state', 'version', 'erasedAt', 'formerIndexes', 'team'])
    .where((eb) =>
      eb.or([eb('id', '=', id), eb('id', 'in', eb.selectFrom('accessMember').select('holder').where('role', '=', 'owner'))]),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  const user = rows.find((row) => row.id === id)
  if (!user) throw CommonProblem.notFound()
  return user
}

async function isOwner(tx: Tx, id: string | null): Promise<boolean> {
  if (tx.actor.kind !== 'user') return true
  return (
    id !== null &&
    (await tx.db
      .selectFrom('accessMember')
      .select('id')
      .where('holder', '=', id)
      .where('role', '=', 'owner')
      .executeTakeFirst()) !== undefined
  )
}

async function keepAnOwner(tx: Tx): Promise<void> {
  const owner = await tx.db
    .selectFrom('accessMember as m')
    .innerJoin('accessUser as u', 'u.id', 'm.holder')
    .select('m.id')
    .where('m.role', '=', 'owner')
    .where('m.place', 'is', null)
    // Who is owner until a certain day is none for good.
    .where('m.until', 'is', null)
    .where('u.state', '=', 'active')
    .executeTakeFirst()
  if (!owner) throw UserProblem.lastOwner()
}
