import type { Tx } from '#kit/server/door/context.ts'
import { keysOf } from '#kit/server/data/db.ts'
import { forgetFiles } from '#kit/server/files/file.ts'
import { ERASED, refuseHeld, whenErased } from '#kit/server/list/keeping.ts'
import { dropPictures } from '../registration/registration.store.ts'
import { phoneColumns } from '../user/email.store.ts'
import { sql } from 'kysely'
import { stepAll } from '#kit/server/door/step.ts'
import { apiKeyLife } from '../machine/machine.ts'

/** Empties the row of somebody who left, and takes away every way in and every role. */
export async function forgetUser(
  tx: Tx,
  { id, photo, version }: { id: string; photo: string | null; version: number },
): Promise<void> {
  await tx.db
    .updateTable('accessUser')
    .set({
      name: ERASED,
      email: keysOf(tx.db).sealed(id, ERASED),
      emailIndex: null,
      ...phoneColumns(tx.db, id, []),
      codePhone: null,
      photo: null,
      passwordHash: null,
      pinHash: null,
      badgeHash: null,
      formerIndexes: [],
      team: null,
      erasedAt: tx.now,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  if (photo) await forgetFiles(tx.db, [photo])
  for (const table of [
    'accessMember',
    'accessBackupCode',
    'accessFactor',
    'accessIdentity',
    'accessBrowser',
    'accessContact',
    'accessReset',
    'accessSession',
  ] as const)
    await tx.db.deleteFrom(table).where('holder', '=', id).execute()
  await stepAll(tx, apiKeyLife, 'end', sql`holder = ${id}`)
}

/** Invitations and registrations under an address of somebody who is erased lose it, and the pictures of their ID go. */
export const registrationsForget = whenErased(async (tx, { indexes }) => {
  if (indexes.length === 0) return
  const nobody = (id: string) => ({ name: ERASED, email: keysOf(tx.db).sealed(id, ERASED), emailIndex: null })
  const known = (table: 'accessInvitation' | 'accessRegistration') =>
    tx.db
      .selectFrom(table)
      .select('id')
      .where('emailIndex', 'in', [...indexes])
      .forUpdate()
      .execute()
  for (const { id } of await known('accessInvitation'))
    await tx.db.updateTable('accessInvitation').set(nobody(id)).where('id', '=', id).execute()
  for (const { id } of await known('accessRegistration')) {
    await refuseHeld(tx, id)
    const pictures = await tx.db
      .selectFrom('accessRegistration')
      .select(['idFront', 'idBack'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const nothing = {
      phone: null,
      company: null,
      storeName: null,
      storeLink: null,
      bankAccount: null,
      idFront: null,
      idBack: null,
      passwordHash: null,
    }
    await tx.db
      .updateTable('accessRegistration')
      .set({ ...nobody(id), ...nothing })
      .where('id', '=', id)
      .execute()
    await dropPictures(tx, pictures)
  }
})
