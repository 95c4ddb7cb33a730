import { randomBytes } from 'node:crypto'
import type { Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { hashSecret, matchesSecret } from '../session/password.store.ts'
import { BACKUP_CODES, backupCode, readBackupCode } from './factor.ts'

/** Ten codes and their hashes. Hashing takes its time, so it is done before a transaction. */
export async function makeBackupCodes(): Promise<{ code: string; hash: string }[]> {
  const codes = Array.from({ length: BACKUP_CODES }, (_, slot) => backupCode(slot, randomBytes(10)))
  return Promise.all(codes.map(async (code) => ({ code, hash: await hashSecret(readBackupCode(code)!.secret) })))
}

/** Puts new codes in the place of all earlier ones. */
export async function keepBackupCodes(tx: Tx, holder: string, codes: readonly { hash: string }[]): Promise<void> {
  await tx.db.deleteFrom('accessBackupCode').where('holder', '=', holder).execute()
  await tx.db
    .insertInto('accessBackupCode')
    .values(codes.map(({ hash }, slot) => ({ holder, slot, hash })))
    .execute()
}

/** Which backup code was typed. Only the one that its first digit names is hashed, outside a transaction. */
export async function judgeBackupCode(db: Db, holder: string, text: string): Promise<{ slot: number; hash: string } | undefined> {
  const typed = readBackupCode(text)
  const row = await db
    .selectFrom('accessBackupCode')
    .select('hash')
    .where('holder', '=', holder)
    .where('slot', '=', typed?.slot ?? -1)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  const matches = await matchesSecret(typed?.secret ?? '', row?.hash)
  return matches && typed && row ? { slot: typed.slot, hash: row.hash } : undefined
}

/** Uses a backup code up. @returns whether it was still unused: of two at once, one is */
export async function takeBackupCode(
  tx: Tx,
  holder: string,
  judged: { slot: number; hash: string } | undefined,
): Promise<boolean> {
  if (!judged) return false
  const taken = await tx.db
    .updateTable('accessBackupCode')
    .set({ usedAt: tx.now, usedFrom: tx.ctx.address ?? null })
    .where('holder', '=', holder)
    .where('slot', '=', judged.slot)
    .where('hash', '=', judged.hash)
    .where('usedAt', 'is', null)
    .returning('slot')
    .executeTakeFirst()
  return taken !== undefined
}

export const codesLeft = async (db: Db, holder: string): Promise<number> =>
  (await db.selectFrom('accessBackupCode').select('slot').where('holder', '=', holder).where('usedAt', 'is', null).execute())
    .length
