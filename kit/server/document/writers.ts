import type { Document } from '../../document.ts'
import type { Tx } from '../door/context.ts'

/**
 * Has whoever acts written on it: made it, or changed it later? The trail knows everybody who did, so nobody agrees to what they
 * wrote into the draft of somebody else.
 */
export async function hasWritten(tx: Tx, { name }: Pick<Document, 'name'>, id: string): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    'select 1 from audit_entry where about = $1 and actor = $2 and command = any($3) limit 1',
    [id, tx.actor.id, [`${name}.create`, `${name}.change`]],
  )
  return rowCount! > 0
}
