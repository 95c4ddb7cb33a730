import { randomInt } from 'node:crypto'
import { newId } from '#kit/id.ts'
import { linkTo } from '#kit/server/host/address.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import { keysOf, type Db } from '#kit/server/data/db.ts'
import { forgetFiles } from '#kit/server/files/file.ts'
import { refuseHeld } from '#kit/server/list/keeping.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { tokenHash } from '../session/session.store.ts'
import {
  CODE_MINUTES,
  registerCodeMessage,
  registerKnownMessage,
  registrationChanged,
  type registrationLife,
} from './registration.ts'
import { emailColumns } from '../user/email.store.ts'
import { blindIndex } from '#kit/server/data/blind.ts'

export const codeIndex = async (ctx: Ctx, id: string, code: string): Promise<string> =>
  ctx.database.keys.index(`registration ${id}`, code.replace(/\D/g, ''))

type RegistrationState = (typeof registrationLife)['states'][number]

export interface Registrant {
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly locale: string
  readonly passwordHash: string
  readonly browserHash: string
  readonly seller: null | {
    readonly company: string
    readonly country: string
    readonly expectedDailyOrders: number
    readonly storeName: string
    readonly storeLink: string | null
    readonly bankAccount: string
  }
}

/** Keeps a registration and mails its code; an address that is known here gets another letter, and the page learns nothing. */
export async function keepRegistration(tx: Tx, who: Registrant): Promise<void> {
  const known = await tx.db
    .selectFrom('accessUser')
    .select(['name', 'locale'])
    .where('emailIndex', '=', blindIndex(tx.db, who.email))
    .executeTakeFirst()
  if (known) {
    const facts = { name: known.name, link: linkTo('/reset') }
    await postMessage(tx, registerKnownMessage, { to: who.email, locale: known.locale, facts })
    return
  }
  // Whoever waits already goes on waiting, with what they sent.
  if (await registrationOf(tx.db, who.email, ['pending'])) return
  const { bankAccount = null, ...business } = who.seller ?? {}
  const [id, code] = [newId(), String(randomInt(1_000_000)).padStart(6, '0')]
  await tx.db
    .insertInto('accessRegistration')
    .values({
      id,
      name: who.name,
      locale: who.locale,
      passwordHash: who.passwordHash,
      browserHash: who.browserHash,
      ...emailColumns(tx.db, id, who.email),
      phone: who.phone === null ? null : keysOf(tx.db).sealed(id, who.phone),
      kind: who.seller ? 'seller' : 'person',
      ...business,
      bankAccount: bankAccount === null ? null : keysOf(tx.db).sealed(id, bankAccount),
      codeHash: await codeIndex(tx.ctx, id, code),
      codeUntil: tx.now.add({ minutes: CODE_MINUTES }),
      createdAt: tx.now,
    })
    .execute()
  await postMessage(tx, registerCodeMessage, { to: who.email, locale: who.locale, facts: { name: who.name, code }, about: id })
  tx.about('access_registration', id)
  tx.emit(registrationChanged, { registration: id })
}

/** Pictures of an ID are kept while they are needed, and no longer. */
export async function dropPictures(
  tx: Tx,
  { idFront, idBack }: { idFront: string | null; idBack: string | null },
): Promise<void> {
  await forgetFiles(
    tx.db,
    [idFront, idBack].filter((file) => file !== null),
  )
}

/** The newest registration of an address in one of these states. */
export const registrationOf = (db: Db, email: string, states: readonly RegistrationState[]) =>
  db
    .selectFrom('accessRegistration')
    .selectAll()
    .where('emailIndex', '=', blindIndex(db, email))
    .where('state', 'in', [...states])
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()

/** The one that a browser began for an address, locked: a code that somebody else asked for confirms nothing of theirs. */
export const begunIn = (tx: Tx, email: string, browser: string) =>
  tx.db
    .selectFrom('accessRegistration')
    .selectAll()
    .where('emailIndex', '=', blindIndex(tx.db, email))
    .where('state', '=', 'begun')
    .where('browserHash', '=', tokenHash(browser))
    .orderBy('createdAt', 'desc')
    .forUpdate()
    .executeTakeFirst()

/**
 * Whoever has shown that an address is theirs takes the place of what others began with it, and of what they began before
 * themselves and did not finish.
 */
export async function takePlace(tx: Tx, email: string, id: string): Promise<void> {
  const others = await tx.db
    .selectFrom('accessRegistration')
    .select(['id', 'idFront', 'idBack'])
    .where('emailIndex', '=', blindIndex(tx.db, email))
    .where('state', 'in', ['begun', 'verified'])
    .where('id', '!=', id)
    .forUpdate()
    .execute()
  for (const other of others) {
    await refuseHeld(tx, other.id)
    await tx.db.deleteFrom('accessRegistration').where('id', '=', other.id).execute()
    await dropPictures(tx, other)
  }
}

/** The registration whose pictures may be sent with this. */
export const waitsForPictures = (db: Db, token: string, lock = false) => {
  const query = db
    .selectFrom('accessRegistration')
    .selectAll()
    .where('uploadHash', '=', tokenHash(token))
    .where('state', '=', 'verified')
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}
