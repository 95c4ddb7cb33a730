import { z } from 'zod'
import { note } from '#kit/server/door/activity.ts'
import { command, Refused } from '#kit/server/door/command.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import { passkeyAnswer } from '../factor/factor.ts'
import { passkeyQuestion, takePasskey } from '../factor/passkey.store.ts'
import { takeTotp } from '../factor/totp.store.ts'
import { securityOf } from '../security/security.store.ts'
import { begin, underWay, withCookies } from '../sign-in/sign-in.store.ts'
import { codeInput, SignInProblem } from '../sign-in/sign-in.ts'
import { counted, type Counted, type Judged } from '../throttle/throttle.store.ts'
import { proven, judgePinOf } from './session.commands.ts'
import { forgetSessions, newToken, sessionsChanged, tokenHash } from '../session/session.store.ts'
import { passwordInput, pinInput, SESSION, SessionProblem } from '../session/session.ts'

/**
 * Shows once more that it is the same person, before something risky. The session gets another token, so that whoever
 * had copied the old one gains nothing.
 */
export const proveAgain = command({
  name: 'access.proveAgain',
  can: 'signedIn',
  input: z.discriminatedUnion('way', [
    z.object({ way: z.literal('password'), password: passwordInput }),
    z.object({ way: z.literal('totp'), code: codeInput }),
    z.object({ way: z.literal('passkey'), answer: passkeyAnswer }),
  ]),
  async before(ctx: Ctx, input) {
    if (input.way !== 'password') return countedProof(ctx, input.way)
    await proven(ctx, input.password)
    return undefined
  },
  async run(tx, input, count) {
    const isWrong =
      (input.way === 'totp' && !(await takeTotp(tx, tx.actor.id!, input.code.replace(/\s/g, ''), 'active'))) ||
      (input.way === 'passkey' && !(await isOwnPasskey(tx, input.answer)))
    if (isWrong) {
      await count?.wrong()
      note(tx.ctx, input.way === 'totp' ? 'access.wrongCode' : 'access.wrongPasskey', { facts: { way: input.way } })
      throw input.way === 'totp' ? SignInProblem.wrongCode() : SignInProblem.passkey()
    }
    await count?.right(tx)
    return renewed(tx)
  },
})

/** A session left open must not be a way to guess. */
export async function countedProof(ctx: Ctx, proof: Judged): Promise<Counted> {
  return counted(ctx, await securityOf(ctx.database.db), { proof, of: ctx.actor.id!, by: 'session' })
}

async function isOwnPasskey(tx: Tx, answer: z.output<typeof passkeyAnswer>): Promise<boolean> {
  const under = await underWay(tx.ctx, tx.db, true)
  const found = under.challenge ? await takePasskey(tx, answer, under.challenge) : undefined
  return found?.holder === tx.actor.id
}

async function renewed(tx: Tx) {
  const token = newToken()
  const row = await tx.db
    .updateTable('accessSession')
    .set({ tokenHash: tokenHash(token), provenAt: tx.now, seenAt: tx.now })
    .where('tokenHash', '=', tx.ctx.session ?? '')
    // An app lives by tokens of its own; what is risky is done in the browser.
    .where('family', 'is', null)
    .returning('expiresAt')
    .executeTakeFirst()
  if (!row) throw SignInProblem.over()
  tx.about('access_user', tx.actor.id!)
  tx.afterCommit(forgetSessions)
  const maxAge = Math.max(60, Math.round(row.expiresAt.since(tx.now).total('seconds')))
  return withCookies({ proven: true }, [{ name: SESSION.cookie, value: token, maxAge }])
}

/** The question that a passkey answers to prove it again. */
export const askAgain = command({
  name: 'access.askAgain',
  can: 'signedIn',
  untrailed: true,
  input: z.object({}),
  async run(tx) {
    const options = await passkeyQuestion(tx.db, tx.actor.id!)
    return withCookies({ options }, [await begin(tx, { holder: tx.actor.id, challenge: options.challenge })])
  },
})

/** Locks this device until its user's PIN; everything on its screen stays. */
export const lockDevice = command({
  name: 'access.lockDevice',
  inView: true,
  can: 'signedIn',
  input: z.object({}),
  async run(tx) {
    const holder = tx.actor.viewedBy?.id ?? tx.actor.id!
    const user = await tx.db.selectFrom('accessUser').select('pinHash').where('id', '=', holder).executeTakeFirst()
    if (!user?.pinHash) throw SessionProblem.noPin()
    await tx.db
      .updateTable('accessSession')
      .set({ lockedAt: tx.now })
      .where('tokenHash', '=', tx.ctx.session ?? '')
      .execute()
    tx.about('access_user', tx.actor.id!)
    sessionsChanged(tx, holder)
    return { locked: true }
  },
})

export const unlockDevice = command({
  name: 'access.unlockDevice',
  can: 'public',
  input: z.object({ pin: pinInput }),
  async run(tx, { pin }) {
    const session = await tx.db
      .selectFrom('accessSession')
      .select('holder')
      .where('tokenHash', '=', tx.ctx.session ?? '')
      .where('lockedAt', 'is not', null)
      .executeTakeFirst()
    if (!session) throw SignInProblem.over()
    const user = await judgePinOf(tx, session.holder, pin)
    if (user instanceof Refused) return user
    await tx.db
      .updateTable('accessSession')
      .set({ lockedAt: null, seenAt: tx.now })
      .where('tokenHash', '=', tx.ctx.session ?? '')
      .execute()
    tx.about('access_user', session.holder)
    tx.afterCommit(() => note(tx.ctx, 'access.unlocked', { actor: user }))
    tx.afterCommit(forgetSessions)
    return { unlocked: true }
  },
})
