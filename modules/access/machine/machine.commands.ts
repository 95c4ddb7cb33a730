import { z } from 'zod'
import { isDeclared, reachOf } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import { note } from '#kit/server/door/activity.ts'
import { command, Refused } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { endSessionOfFamily, forgetSessions, newToken, startSession, tokenHash } from '../session/session.store.ts'
import { whereAndWhen } from '../session/mailing.store.ts'
import { candidateOf } from '../sign-in/sign-in.store.ts'
import type { Proof } from '../session/session.ts'
import {
  apiKeyChanged,
  apiKeyInput,
  connectInput,
  exchangeInput,
  MachineProblem,
  refreshInput,
  TOKEN,
  tokenReusedMessage,
  apiKeyLife,
} from './machine.ts'
import { addRefresh, challengeOf, signAccess, warmKeys } from './token.store.ts'
import { step } from '#kit/server/door/step.ts'

/** Makes a key for a program of one's own; it is shown once. */
export const makeApiKey = command({
  name: 'access.makeApiKey',
  can: 'access.apiKey.use',
  stepUp: true,
  shownOnce: true,
  input: apiKeyInput,
  async run(tx, { name, permissions, addresses, rate, days }) {
    const beyond = permissions.find((permission) => !reachOf(tx.actor, permission))
    if (beyond) throw MachineProblem.beyond({ permission: beyond })
    const [id, key] = [newId(), `duka_${newToken()}`]
    await tx.db
      .insertInto('accessApiKey')
      .values({
        id,
        holder: tx.actor.id!,
        name,
        prefix: key.slice(0, 12),
        tokenHash: tokenHash(key),
        permissions: [...new Set(permissions)],
        addresses,
        rate,
        expiresAt: days === null ? null : tx.now.add({ hours: days * 24 }),
        createdAt: tx.now,
      })
      .execute()
    tx.about('access_user', tx.actor.id!)
    tx.changed({ table: 'access_user', record: tx.actor.id!, before: null, after: { apiKeyMade: name } })
    tx.emit(apiKeyChanged, { user: tx.actor.id! })
    return { id, key }
  },
})

/** Ends one of one's own keys; whoever may edit people ends anybody's. */
export const revokeApiKey = command({
  name: 'access.revokeApiKey',
  can: apiKeyLife.steps.revoke.can,
  takes: ['access.apiKey:revoke'],
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const mayAll = reachOf(tx.actor, 'access.user.edit')?.all === true
    const found = await tx.db
      .selectFrom('accessApiKey')
      .select(['id', 'holder', 'name', 'state'])
      .where('id', '=', id)
      .where((eb) => (mayAll ? eb.val(true) : eb('holder', '=', tx.actor.id!)))
      .forUpdate()
      .executeTakeFirst()
    if (!found || found.state !== 'active') throw CommonProblem.notFound()
    await step(tx, apiKeyLife, found, 'revoke')
    tx.about('access_user', found.holder)
    tx.changed({ table: 'access_user', record: found.holder, before: null, after: { apiKeyRevoked: found.name } })
    tx.emit(apiKeyChanged, { user: found.holder })
    tx.afterCommit(forgetSessions)
    return { revoked: true }
  },
})

/** The code that a person's browser brings to an app that asked to be connected. It works once, for a minute, for that app. */
export const connectApp = command({
  name: 'access.connectApp',
  can: 'signedIn',
  stepUp: true,
  shownOnce: true,
  input: connectInput,
  async run(tx, { app, redirect, challenge, scope }) {
    const permissions = scope === undefined ? null : [...new Set(scope.split(' '))]
    const unknown = permissions?.find((permission) => !isDeclared(permission))
    if (unknown) throw MachineProblem.unknownScope({ permission: unknown })
    const code = newToken()
    const methods = tx.ctx.session
      ? await tx.db.selectFrom('accessSession').select('methods').where('tokenHash', '=', tx.ctx.session).executeTakeFirst()
      : undefined
    await tx.db
      .insertInto('accessAppCode')
      .values({
        codeHash: tokenHash(code),
        holder: tx.actor.id!,
        challenge,
        redirect,
        app,
        permissions,
        methods: methods?.methods ?? [],
        expiresAt: tx.now.add({ seconds: TOKEN.codeSeconds }),
      })
      .execute()
    tx.about('access_user', tx.actor.id!)
    return { redirect: `${redirect}?code=${code}` }
  },
})

/** An app's first tokens, for its code and the secret that only it knows (PKCE). */
export const exchangeCode = command({
  name: 'access.exchangeCode',
  can: 'public',
  shownOnce: true,
  input: exchangeInput,
  before: (ctx) => warmKeys(ctx.database),
  async run(tx, { code, verifier, redirect }) {
    const found = await tx.db
      .deleteFrom('accessAppCode')
      .where('codeHash', '=', tokenHash(code))
      .where('expiresAt', '>', tx.now)
      .returning(['holder', 'challenge', 'redirect', 'app', 'methods', 'permissions'])
      .executeTakeFirst()
    const fits = found && found.redirect === redirect && found.challenge === challengeOf(verifier)
    // A code that was shown with a wrong secret is gone all the same.
    if (!fits) return new Refused(MachineProblem.badCode())
    const who = await candidateOf(tx.ctx, { id: found.holder }, tx.db)
    if (who?.state !== 'active') return new Refused(MachineProblem.badCode())
    const family = newId()
    const days = TOKEN.refreshDays * 24 * 60
    await startSession(
      tx,
      who.id,
      { hours: 30 * 24, idleMinutes: days, lockMinutes: null, bindDevice: false },
      found.methods as Proof[],
      {
        family,
        device: found.app,
        permissions: found.permissions,
      },
    )
    tx.about('access_user', who.id)
    return tokens(tx, who.id, family, await addRefresh(tx, family, null))
  },
})

async function tokens(tx: Tx, subject: string, family: string, refreshToken: string) {
  return {
    tokenType: 'Bearer',
    accessToken: await signAccess(tx.ctx.database, subject, family, tx.now),
    expiresIn: TOKEN.accessMinutes * 60,
    refreshToken,
  }
}

/**
 * New tokens for an old refresh token, which is used up by it. One that comes a second time was stolen, from the app or by
 * it: the whole connection ends, and its owner is told. An app whose answer was lost may ask again within ten seconds.
 */
export const refreshTokens = command({
  name: 'access.refreshTokens',
  can: 'public',
  shownOnce: true,
  untrailed: true,
  input: refreshInput,
  before: (ctx) => warmKeys(ctx.database),
  async run(tx, { refreshToken }) {
    const found = await tx.db
      .selectFrom('accessRefresh as r')
      .innerJoin('accessSession as s', 's.family', 'r.family')
      .innerJoin('accessUser as u', 'u.id', 's.holder')
      .select(['r.id', 'r.family', 'r.usedAt', 'r.revokedAt', 'r.expiresAt', 's.holder', 's.device', 's.expiresAt as until'])
      .select(['u.name', 'u.email', 'u.locale', 'u.state'])
      .where('r.tokenHash', '=', tokenHash(refreshToken))
      .forUpdate(['r', 's'])
      .executeTakeFirst()
    const isOver = !found || [found.expiresAt, found.until].some((end) => Temporal.Instant.compare(end, tx.now) <= 0)
    if (isOver || found.state !== 'active') throw MachineProblem.badToken()
    if (found.revokedAt !== null || (found.usedAt !== null && !(await mayRepeat(tx, found.id, found.usedAt))))
      return endFamily(tx, found)
    if (found.usedAt === null)
      await tx.db.updateTable('accessRefresh').set({ usedAt: tx.now }).where('id', '=', found.id).execute()
    await tx.db.updateTable('accessSession').set({ seenAt: tx.now }).where('family', '=', found.family).execute()
    return tokens(tx, found.holder, found.family, await addRefresh(tx, found.family, found.id))
  },
})

/** The newer token was not used yet, and it is only seconds: it is taken back, and another one given in its place. */
async function mayRepeat(tx: Tx, id: string, usedAt: Temporal.Instant): Promise<boolean> {
  if (tx.now.since(usedAt).total('seconds') > TOKEN.graceSeconds) return false
  const children = await tx.db.selectFrom('accessRefresh').select(['id', 'usedAt']).where('parent', '=', id).forUpdate().execute()
  if (children.some((child) => child.usedAt !== null)) return false
  await tx.db.updateTable('accessRefresh').set({ revokedAt: tx.now }).where('parent', '=', id).execute()
  return true
}

interface Family {
  readonly family: string
  readonly holder: string
  readonly device: string | null
  readonly name: string
  readonly email: string
  readonly locale: string
}

async function endFamily(tx: Tx, { family, holder, device, name, email, locale }: Family): Promise<Refused> {
  await endSessionOfFamily(tx, family)
  const facts = { name, app: device ?? '?', ...(await whereAndWhen(tx, locale)) }
  await postMessage(tx, tokenReusedMessage, { to: email, locale, facts, about: holder })
  tx.about('access_user', holder)
  tx.afterCommit(() =>
    note(tx.ctx, 'access.tokenReused', { about: { table: 'access_user', id: holder }, facts: { app: device } }),
  )
  return new Refused(MachineProblem.badToken())
}
