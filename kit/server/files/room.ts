import { sql } from 'kysely'
import { z } from 'zod'
import { AttachmentProblem } from '../../attachment.ts'
import type { Db } from '../data/db.ts'
import type { Tx } from '../door/context.ts'
import { inTurn } from '../door/in-turn.ts'
import { readSetting, writeSetting } from '../door/setting.ts'

const GIGABYTE = 1_000_000_000
export const MOST_GIGABYTES = 10_000
const SETTING = 'kit.attachments'
const roomSchema = z.object({ bytes: z.number().int().positive() }).default({ bytes: 20 * GIGABYTE })

/** How much of what people attach is kept here at most, and how much of it there is, in bytes. */
export async function roomFor(db: Db): Promise<{ bytes: number; used: number }> {
  const { bytes } = await readSetting(db, SETTING, roomSchema)
  const { rows } = await sql<{ used: string }>`select coalesce(sum(size), 0)::text as used from file where attached`.execute(db)
  return { bytes, used: Number(rows[0]!.used) }
}

export const allowRoom = (tx: Tx, gigabytes: number): Promise<void> => writeSetting(tx, SETTING, { bytes: gigabytes * GIGABYTE })

/** What was attached just now still finds room. @throws `kit.attachment.full` */
export async function refuseFull(tx: Tx): Promise<void> {
  await inTurn(tx, SETTING)
  const { bytes, used } = await roomFor(tx.db)
  if (used > bytes) throw AttachmentProblem.full({ limit: `${Math.round(bytes / GIGABYTE)} GB` })
}
