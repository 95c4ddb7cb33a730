import { z } from 'zod'
import type { Actor } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import { adapterNamed, type Adapter } from '#kit/server/outside/adapter.ts'
import { noteTried, tryOut } from '#kit/server/outside/trial.ts'
import { forgetTyped, saveTyped } from '#kit/server/outside/typed.ts'
import { seldom } from '#modules/access/index.ts'
import { connectionInput, connectionKey, ConnectionProblem, connectionTrial } from './connection.ts'

/** Whoever can lead codes and links elsewhere can become anybody; so it is for those who may be that already. */
function adapterFor(actor: Actor, name: string): Adapter {
  const of = adapterNamed(name)
  if (!of) throw CommonProblem.notFound()
  if (of.carriesKeys && !actor.isOwner) throw ConnectionProblem.ownersOnly()
  return of
}

/** Connects Duka with a service of others, or says something else about it. Every process goes on with it at once. */
export const saveConnection = command({
  name: 'access.saveConnection',
  can: 'access.connection.edit',
  stepUp: true,
  input: connectionInput,
  async run(tx, { name, ...typed }) {
    await saveTyped(tx, adapterFor(tx.actor, name), typed)
    return { changed: true }
  },
})

/** Forgets what was typed about a service; what the environment says stays. */
export const forgetConnection = command({
  name: 'access.forgetConnection',
  can: 'access.connection.edit',
  stepUp: true,
  input: connectionKey,
  async run(tx, { name }) {
    await forgetTyped(tx, adapterFor(tx.actor, name))
    return { changed: true }
  },
})

/** Enough to set everything up; more runs up a bill, or bothers others in the shop's name. */
const TRIALS_HOURLY = 30

/** Tries a connection for real, and keeps how it went: that it does not work is an answer, with the reason. */
export const tryConnection = command({
  name: 'access.tryConnection',
  can: 'access.connection.edit',
  input: connectionTrial,
  async before(ctx, { name, to }) {
    const of = adapterFor(ctx.actor, name)
    refuseAddress(of, to)
    if (!(await seldom(ctx, 'connection', TRIALS_HOURLY))) throw ConnectionProblem.tooMany({ most: TRIALS_HOURLY })
    return tryOut(ctx.database.db, of, { to, locale: ctx.actor.locale, now: ctx.now })
  },
  async run(tx, { name }, tried) {
    await noteTried(tx, adapterFor(tx.actor, name), tried)
    return tried
  },
})

function refuseAddress({ asksTo }: Adapter, to: string): void {
  if (asksTo === undefined) return
  const isRight = asksTo === 'email' ? z.email().safeParse(to).success : /^\+[1-9]\d{6,14}$/.test(to)
  if (!isRight) throw CommonProblem.invalid({}, [{ path: 'to', code: 'invalid_format', format: asksTo, message: asksTo }])
}
