import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { note } from '#kit/server/door/activity.ts'
import { command, query, Refused } from '#kit/server/door/command.ts'
import { keysOf } from '#kit/server/data/db.ts'
import { enqueue, job } from '#kit/server/door/job.ts'
import { tokenInput } from '../invitation/invitation.ts'
import { securityOf } from '../security/security.store.ts'
import { newPassword } from '../session/password.store.ts'
import { setPassword } from '../device/session.commands.ts'
import { passwordInput } from '../session/session.ts'
import { candidateOf, proceed } from '../sign-in/sign-in.store.ts'
import { counted, hourly, unlock } from '../throttle/throttle.store.ts'
import { RESET, resetKey, ResetProblem } from './reset.ts'
import { findReset, fitsReset, mailReset } from './reset.store.ts'

const sealedAbout = 'access.mailReset job'

/**
 * Asks for a new password. Whether somebody has this address is found out afterwards, by a job, so that neither the answer
 * nor its time tells it.
 */
export const askForReset = command({
  name: 'access.askForReset',
  can: 'public',
  untrailed: true,
  input: z.object({ email: z.email().max(254).toLowerCase() }),
  async before(ctx, { email }) {
    const security = await securityOf(ctx.database.db)
    // By where it comes from: a stranger elsewhere uses up nothing of the owner's.
    const isOften = !(await hourly(ctx, security, `reset ${email} from ${ctx.address}`, RESET.hourly))
    const isMany = !(await hourly(ctx, security, `reset from ${ctx.address}`, RESET.hourly * 10))
    if (isOften || isMany) throw CommonProblem.tooMany({ seconds: 3600 })
    // A mailbox is not flooded either. The links that lie in it go on working, so the answer is the same.
    return hourly(ctx, security, `reset mails ${email}`, RESET.mailsHourly)
  },
  async run(tx, { email }, isMailed) {
    if (!isMailed) return { mailed: true }
    await enqueue(tx.client, mailResetJob, {
      sealed: keysOf(tx.db).seal(email, sealedAbout),
      address: tx.ctx.address ?? null,
      device: tx.ctx.device ?? null,
    })
    return { mailed: true }
  },
})

const sendReset = command({
  name: 'access.mailReset',
  can: 'public',
  internal: true,
  input: z.object({ sealed: z.string() }),
  async run(tx, { sealed }) {
    await mailReset(tx, keysOf(tx.db).open(sealed, sealedAbout))
  },
})

export const mailResetJob = job<{ sealed: string; address: string | null; device: string | null }>({
  name: 'access.mailReset',
  run: (ctx, { sealed, address, device }) =>
    sendReset({ ...ctx, ...(address && { address }), ...(device && { device }) }, { sealed }),
})

/** Does a link still open? */
export const showReset = query({
  name: 'access.showReset',
  can: 'public',
  input: z.object({ token: tokenInput }),
  async run({ db, now }, { token }) {
    const found = await findReset(db, { token }, now)
    if (!found) throw ResetProblem.gone()
    return { name: found.name, email: found.email }
  },
})

/**
 * Sets a new password by the link or the code. All sessions end, what was locked opens, and the sign-in goes on from here:
 * a second factor is asked for as ever.
 */
export const resetPassword = command({
  name: 'access.resetPassword',
  can: 'public',
  input: z.object({ key: resetKey, password: passwordInput }),
  async before(ctx, { key, password }) {
    const security = await securityOf(ctx.database.db)
    if (!(await hourly(ctx, security, `reset try ${ctx.address}`, 60))) throw CommonProblem.tooMany({ seconds: 3600 })
    // A link can't be guessed; a code is counted before it is judged.
    const count = 'email' in key ? await counted(ctx, security, { proof: 'resetCode', of: key.email }) : undefined
    const found = await findReset(ctx.database.db, key, ctx.now)
    // Only for a right one is a password worth hashing.
    if (!found || !(await fitsReset(ctx, found, key))) return { security, count, hash: null }
    return { security, count, hash: await newPassword(ctx, security, password, found) }
  },
  async run(tx, { key }, { security, count, hash }) {
    const found = await findReset(tx.db, key, tx.now, true)
    if (!found) {
      await count?.wrong()
      throw ResetProblem.gone()
    }
    if (!hash || !(await fitsReset(tx.ctx, found, key))) {
      await tx.db
        .updateTable('accessReset')
        .set({ tries: found.tries + 1 })
        .where('id', '=', found.id)
        .execute()
      await count?.wrong()
      tx.afterCommit(() =>
        note(tx.ctx, 'access.wrongCode', { about: { table: 'access_user', id: found.holder }, facts: { way: 'reset' } }),
      )
      return new Refused(ResetProblem.gone())
    }
    await tx.db
      .updateTable('accessReset')
      .set({ usedAt: tx.now })
      .where('holder', '=', found.holder)
      .where('usedAt', 'is', null)
      .execute()
    await setPassword(tx, { ...found, id: found.holder }, hash)
    await count?.right(tx)
    await unlock(tx, security, found.email)
    const who = await candidateOf(tx.ctx, { id: found.holder }, tx.db)
    return proceed(tx, security, who!, { proofs: ['reset'] })
  },
})
