import { sql } from 'kysely'
import { generateSecret, generateURI, verifySync } from 'otplib'
import { qrCode } from './qr.store.ts'
import { newId } from '#kit/id.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import { keysOf, type Db } from '#kit/server/data/db.ts'
import { stepAll } from '#kit/server/door/step.ts'
import { readCompany } from '#modules/places/index.ts'
import { factorLife, FactorProblem } from './factor.ts'
import { sealedText } from '#kit/server/vault/reseal.ts'

const STEP_SECONDS = 30
const sealedAbout = sealedText('access_factor', 'secret', (id) => `access_factor ${id} secret`)

/**
 * The step of a code that is right now, one step early or one late (RFC 6238), and later than the last one taken; so
 * each code works once. @returns nothing when it is wrong
 */
export function stepOf(secret: string, token: string, now: Temporal.Instant, lastStep: bigint | null): number | undefined {
  const epoch = Math.floor(now.epochMilliseconds / 1000)
  const found = /^\d{6}$/.test(token)
    ? verifySync({ secret, token, epoch, epochTolerance: STEP_SECONDS })
    : { valid: false as const }
  if (!found.valid || !('timeStep' in found)) return undefined
  return lastStep !== null && BigInt(found.timeStep) <= lastStep ? undefined : found.timeStep
}

/** Proposes an app that makes codes: its secret as text, as an address for the app, and as a QR code (SVG). */
export async function proposeTotp(tx: Tx, holder: { id: string; email: string }) {
  const active = await tx.db
    .selectFrom('accessFactor')
    .select('id')
    .where('holder', '=', holder.id)
    .where('kind', '=', 'totp')
    .where('state', '=', 'active')
    .executeTakeFirst()
  if (active) throw FactorProblem.thereIsOne()
  const earlier = sql`holder = ${holder.id} and kind = 'totp' and state = 'proposed'`
  await stepAll(tx, factorLife, 'remove', earlier, { secret: null })
  const id = newId()
  const secret = generateSecret()
  await tx.db
    .insertInto('accessFactor')
    .values({
      id,
      holder: holder.id,
      kind: 'totp',
      name: 'TOTP',
      secret: keysOf(tx.db).seal(secret, sealedAbout(id)),
      createdAt: tx.now,
    })
    .execute()
  const company = await readCompany(tx.db)
  // Neither part may hold a colon, which parts them.
  const issuer = (company?.name ?? 'Duka').replaceAll(':', ' ')
  const uri = generateURI({ issuer, label: holder.email, secret })
  return { id, secret, uri, qr: await qrCode(uri) }
}

const factorOf = (db: Db, holder: string, state: 'active' | 'proposed') =>
  db
    .selectFrom('accessFactor')
    .select(['id', 'secret', 'lastStep'])
    .where('holder', '=', holder)
    .where('kind', '=', 'totp')
    .where('state', '=', state)

/** Would this code confirm the app that was proposed? */
export async function fitsTotp(ctx: Ctx, holder: string, token: string): Promise<boolean> {
  const factor = await factorOf(ctx.database.db, holder, 'proposed').executeTakeFirst()
  if (!factor?.secret) return false
  const secret = ctx.database.keys.open(factor.secret, sealedAbout(factor.id))
  return stepOf(secret, token, ctx.now, factor.lastStep) !== undefined
}

/** Takes a code of a person's app, active or (to confirm it) proposed. Each code is taken once. @returns the factor, or nothing when it is wrong */
export async function takeTotp(tx: Tx, holder: string, token: string, state: 'active' | 'proposed'): Promise<string | undefined> {
  const factor = await factorOf(tx.db, holder, state).forUpdate().executeTakeFirst()
  if (!factor?.secret) return undefined
  const secret = keysOf(tx.db).open(factor.secret, sealedAbout(factor.id))
  const step = stepOf(secret, token, tx.now, factor.lastStep)
  if (step === undefined) return undefined
  await tx.db
    .updateTable('accessFactor')
    .set({ lastStep: BigInt(step), usedAt: tx.now })
    .where('id', '=', factor.id)
    .execute()
  return factor.id
}
