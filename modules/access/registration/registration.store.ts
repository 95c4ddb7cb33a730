import { randomInt } from 'node:crypto'
import { newId } from '#kit/id.ts'
import { linkTo } from '#kit/server/address.ts'
import type { Ctx, Tx } from '#kit/server/context.ts'
import { keysOf, type Db } from '#kit/server/db.ts'
import { dropFile } from '#kit/server/file.ts'
import { postMessage } from '#kit/server/message.ts'
import { CODE_MINUTES, registerCodeMessage, registerKnownMessage, registrationChanged } from './registration.ts'
import { emailColumns } from '../user/email.store.ts'
import { blindIndex } from '#kit/server/blind.ts'

export const codeIndex = async (ctx: Ctx, id: string, code: string): Promise<string> =>
  ctx.database.keys.index(`registration ${id}`, code.replace(/\D/g, ''))

export interface Registrant {
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly locale: string
  readonly passwordHash: string
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
  const pending = await openRegistration(tx.db, who.email, true)
  if (pending?.state === 'pending') return
  if (pending) {
    await tx.db.deleteFrom('accessRegistration').where('id', '=', pending.id).execute()
    await dropPictures(tx, pending)
  }
  const { bankAccount = null, ...business } = who.seller ?? {}
  const [id, code] = [newId(), String(randomInt(1_000_000)).padStart(6, '0')]
  await tx.db
    .insertInto('accessRegistration')
    .values({
      id,
      name: who.name,
      locale: who.locale,
      passwordHash: who.passwordHash,
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
  for (const file of [idFront, idBack]) if (file) await dropFile(tx, file)
}

/** The registration of an address that is not decided yet. */
export const openRegistration = (db: Db, email: string, lock = false) => {
  const query = db
    .selectFrom('accessRegistration')
    .selectAll()
    .where('emailIndex', '=', blindIndex(db, email))
    .where('state', 'in', ['begun', 'verified', 'pending'])
  return (lock ? query.forUpdate() : query).executeTakeFirst()
}
