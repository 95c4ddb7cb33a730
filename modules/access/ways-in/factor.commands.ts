import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { step } from '#kit/server/door/step.ts'
import { endSessionsOf } from '../session/session.store.ts'
import { signInLife } from '../sign-in/sign-in.ts'
import { begin, candidateOf, underWay, withCookies } from '../sign-in/sign-in.store.ts'
import { countedProof } from '../device/device.commands.ts'
import { mayHandle } from '../user/user.store.ts'
import { keepBackupCodes, makeBackupCodes } from '../factor/backup.store.ts'
import { factorLife, FactorProblem, factorsResetMessage, factorChanged, passkeyAnswer, totpCode } from '../factor/factor.ts'
import { announceFactor, factorsOf } from '../factor/factor.store.ts'
import { keepPasskey, passkeyWish } from '../factor/passkey.store.ts'
import { fitsTotp, proposeTotp, takeTotp } from '../factor/totp.store.ts'

const own = (tx: Tx) =>
  tx.db
    .selectFrom('accessUser')
    .select(['id', 'name', 'email', 'locale'])
    .where('id', '=', tx.actor.id!)
    .forUpdate()
    .executeTakeFirstOrThrow()

/** Proposes an app that makes codes; it counts from the first right code on. */
export const addTotp = command({
  name: 'access.addTotp',
  can: 'signedIn',
  stepUp: true,
  shownOnce: true,
  input: z.object({}),
  async run(tx) {
    const { secret, uri, qr } = await proposeTotp(tx, await own(tx))
    return { secret, uri, qr }
  },
})

export const confirmTotp = command({
  name: 'access.confirmTotp',
  can: 'signedIn',
  shownOnce: true,
  input: z.object({ code: totpCode }),
  async before(ctx, { code }) {
    const count = await countedProof(ctx, 'totp')
    if (!(await fitsTotp(ctx, ctx.actor.id!, code))) {
      await count.wrong()
      throw FactorProblem.wrongCode()
    }
    return { count, codes: await makeBackupCodes() }
  },
  async run(tx, { code }, { count, codes }) {
    const who = await own(tx)
    const id = await takeTotp(tx, who.id, code, 'proposed')
    if (!id) throw FactorProblem.wrongCode()
    await count.right(tx)
    await step(tx, factorLife, id, 'confirm')
    await keepBackupCodes(tx, who.id, codes)
    await announceFactor(tx, who, 'added')
    tx.changed({ table: 'access_user', record: who.id, before: null, after: { factorAdded: 'totp' } })
    return { backupCodes: codes.map((one) => one.code) }
  },
})

/** Ten new backup codes; the old ones end. */
export const renewBackupCodes = command({
  name: 'access.renewBackupCodes',
  can: 'signedIn',
  stepUp: true,
  shownOnce: true,
  input: z.object({}),
  before: () => makeBackupCodes(),
  async run(tx, _, codes) {
    const who = await own(tx)
    const factors = await factorsOf(tx.db, who.id)
    if (!factors.some((one) => one.kind === 'totp')) throw CommonProblem.notFound()
    await keepBackupCodes(tx, who.id, codes)
    tx.about('access_user', who.id)
    return { backupCodes: codes.map((one) => one.code) }
  },
})

/** What the browser needs to make a passkey; its challenge waits in a cookie's row for the answer. */
export const wishPasskey = command({
  name: 'access.wishPasskey',
  can: 'signedIn',
  stepUp: true,
  untrailed: true,
  input: z.object({}),
  async run(tx) {
    const options = await passkeyWish(tx.db, await own(tx))
    return withCookies({ options }, [await begin(tx, { holder: tx.actor.id, challenge: options.challenge })])
  },
})

export const addPasskey = command({
  name: 'access.addPasskey',
  can: 'signedIn',
  input: z.object({ name: z.string().trim().min(1).max(80), answer: passkeyAnswer }),
  async run(tx, { name, answer }) {
    const who = await own(tx)
    const under = await underWay(tx.ctx, tx.db, true)
    if (under.holder !== who.id || !under.challenge) throw FactorProblem.badPasskey()
    await step(tx, signInLife, under, 'complete', { challenge: null })
    await keepPasskey(tx, who.id, name, answer, under.challenge)
    await announceFactor(tx, who, 'added')
    tx.changed({ table: 'access_user', record: who.id, before: null, after: { factorAdded: 'passkey' } })
    return { added: true }
  },
})

/** Takes one of one's own factors away. The last one stays while a role asks for it. */
export const removeFactor = command({
  name: 'access.removeFactor',
  can: 'signedIn',
  stepUp: true,
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const who = await own(tx)
    const factors = await factorsOf(tx.db, who.id)
    const factor = factors.find((one) => one.id === id)
    if (!factor) throw CommonProblem.notFound()
    const candidate = await candidateOf(tx.ctx, { id: who.id }, tx.db)
    if (candidate!.life.secondFactor && factors.length === 1) throw FactorProblem.needed()
    await removeOne(tx, who.id, factor)
    await announceFactor(tx, who, 'removed')
    tx.changed({ table: 'access_user', record: who.id, before: { factorRemoved: null }, after: { factorRemoved: factor.kind } })
    return { removed: true }
  },
})

async function removeOne(tx: Tx, holder: string, { id, kind }: { id: string; kind: string }): Promise<void> {
  await step(tx, factorLife, id, 'remove', { secret: null })
  if (kind === 'totp') await tx.db.deleteFrom('accessBackupCode').where('holder', '=', holder).execute()
}

/** Takes all factors of somebody who has lost them; they are told who did it and why. */
export const resetFactors = command({
  name: 'access.resetFactors',
  can: 'access.user.edit',
  stepUp: true,
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(3).max(300) }),
  async run(tx, { id, reason }) {
    if (id === tx.actor.id) throw FactorProblem.notYours()
    const who = await tx.db
      .selectFrom('accessUser')
      .select(['id', 'name', 'email', 'locale'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!who) throw CommonProblem.notFound()
    await mayHandle(tx, id)
    for (const factor of await factorsOf(tx.db, id)) await removeOne(tx, id, factor)
    await tx.db.updateTable('accessBrowser').set({ trustedUntil: null }).where('holder', '=', id).execute()
    await endSessionsOf(tx, id)
    await postMessage(tx, factorsResetMessage, {
      to: who.email,
      locale: who.locale,
      facts: { name: who.name, by: tx.actor.name, reason },
      about: id,
    })
    tx.about('access_user', id)
    tx.changed({ table: 'access_user', record: id, before: null, after: { factorsReset: reason } })
    tx.emit(factorChanged, { user: id })
    return { reset: true }
  },
})
