import type { Tx } from '#kit/server/context.ts'
import { keysOf } from '#kit/server/db.ts'
import { dropFile } from '#kit/server/file.ts'
import { ERASED, whenErased } from '#kit/server/keeping.ts'
import { phoneColumns } from './email.store.ts'

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
      team: null,
      erasedAt: tx.now,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  if (photo) await dropFile(tx, photo)
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
  await tx.db.updateTable('accessApiKey').set({ state: 'ended' }).where('holder', '=', id).execute()
}

/** Invitations and registrations under an address of somebody who is erased lose it. */
whenErased(async (tx, { indexes }) => {
  if (indexes.length === 0) return
  for (const table of ['accessInvitation', 'accessRegistration'] as const) {
    const rows = await tx.db
      .selectFrom(table)
      .select('id')
      .where('emailIndex', 'in', [...indexes])
      .forUpdate()
      .execute()
    for (const { id } of rows)
      await tx.db
        .updateTable(table)
        .set({ name: ERASED, email: keysOf(tx.db).sealed(id, ERASED), emailIndex: null })
        .where('id', '=', id)
        .execute()
    if (table === 'accessRegistration' && rows.length > 0)
      await tx.db
        .updateTable('accessRegistration')
        .set({ phone: null, passwordHash: null })
        .where(
          'id',
          'in',
          rows.map((row) => row.id),
        )
        .execute()
  }
})
