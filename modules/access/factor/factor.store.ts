import type { Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { whereAndWhen } from '../session/mailing.store.ts'
import { factorAddedMessage, factorChanged, factorRemovedMessage } from './factor.ts'

/** Tells somebody that a way to prove who they are was added or removed: it may not have been them. */
export async function announceFactor(
  tx: Tx,
  who: { id: string; name: string; email: string; locale: string },
  what: 'added' | 'removed',
): Promise<void> {
  await postMessage(tx, what === 'added' ? factorAddedMessage : factorRemovedMessage, {
    to: who.email,
    locale: who.locale,
    facts: { name: who.name, ...(await whereAndWhen(tx, who.locale)) },
    about: who.id,
  })
  tx.about('access_user', who.id)
  tx.emit(factorChanged, { user: who.id })
}

/** The factors of a person that count, oldest first. */
export const factorsOf = (db: Db, holder: string) =>
  db
    .selectFrom('accessFactor')
    .select(['id', 'kind', 'name', 'backedUp', 'createdAt', 'usedAt'])
    .where('holder', '=', holder)
    .where('state', '=', 'active')
    .orderBy('createdAt')
    .execute()
