import { randomInt } from 'node:crypto'
import { newId } from '#kit/id.ts'
import { linkTo } from '#kit/server/host/address.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { newToken, tokenHash } from '../session/session.store.ts'
import { RESET, resetMessage, type ResetKey } from './reset.ts'
import { blindIndex } from '#kit/server/data/blind.ts'

const codeIndex = async (ctx: Ctx, holder: string, code: string): Promise<string> =>
  ctx.database.keys.index(`reset ${holder}`, code.replace(/\D/g, ''))

/** Mails a link and a code to somebody who may sign in. */
export async function mailReset(tx: Tx, email: string): Promise<void> {
  const who = await tx.db
    .selectFrom('accessUser')
    .select(['id', 'name', 'email', 'locale'])
    .where('emailIndex', '=', blindIndex(tx.db, email))
    .where('state', '=', 'active')
    .executeTakeFirst()
  if (!who) return
  const [token, code] = [newToken(), String(randomInt(1_000_000)).padStart(6, '0')]
  await tx.db
    .insertInto('accessReset')
    .values({
      id: newId(),
      holder: who.id,
      tokenHash: tokenHash(token),
      codeHash: await codeIndex(tx.ctx, who.id, code),
      createdAt: tx.now,
      expiresAt: tx.now.add({ minutes: RESET.linkMinutes }),
    })
    .execute()
  await postMessage(tx, resetMessage, {
    to: who.email,
    locale: who.locale,
    facts: { name: who.name, link: linkTo(`/reset/${token}`), code },
    about: who.id,
  })
  tx.about('access_user', who.id)
}

/** The reset that a link opens, or the newest one of an address; its code is still to be judged. */
export async function findReset(db: Db, key: ResetKey, now: Temporal.Instant, lock = false) {
  const query = db
    .selectFrom('accessReset as r')
    .innerJoin('accessUser as u', 'u.id', 'r.holder')
    .select(['r.id', 'r.codeHash', 'r.tries', 'u.id as holder', 'u.name', 'u.email', 'u.locale'])
    .where('u.state', '=', 'active')
    .where('r.usedAt', 'is', null)
    .where('r.expiresAt', '>', now)
    // Tries are of the code only: whoever guesses at it takes the link from nobody.
    .where((eb) =>
      'token' in key
        ? eb('r.tokenHash', '=', tokenHash(key.token))
        : eb.and([eb('u.emailIndex', '=', blindIndex(db, key.email)), eb('r.tries', '<', RESET.tries)]),
    )
    .orderBy('r.createdAt', 'desc')
    .limit(1)
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}

export const fitsReset = async (ctx: Ctx, found: { holder: string; codeHash: string }, key: ResetKey): Promise<boolean> =>
  'token' in key || (await codeIndex(ctx, found.holder, key.code)) === found.codeHash
