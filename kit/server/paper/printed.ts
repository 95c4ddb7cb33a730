import { z } from 'zod'
import { newId } from '../../id.ts'
import { command } from '../door/command.ts'

// Whoever asks again within it looks at the same print: a page that is loaded anew, a browser that asks twice.
const SAME_PRINT_SECONDS = 60

/**
 * Counts a print of an issued paper, by its record. Whoever calls has made sure that the paper may be seen. Two who ask at the same
 * moment get one original.
 * @returns whether this one is a copy
 */
export const countPaper = command({
  name: 'kit.countPaper',
  internal: true,
  // Programs print too; whoever calls has judged who may.
  can: 'public',
  input: z.object({
    table: z.string(),
    id: z.uuid(),
    /** Which of the papers that are made of it. */
    kind: z.enum(['paper', 'invoice']).default('paper'),
  }),
  async run(tx, { table, id, kind }) {
    await tx.client.query(`select pg_advisory_xact_lock(hashtext('kit.paper:' || $1))`, [id])
    const [first] = await tx.db
      .selectFrom('paperPrint')
      .select('id')
      .where('paper', '=', id)
      .where('kind', '=', kind)
      .orderBy('printedAt')
      .limit(1)
      .execute()
    const again = await tx.db
      .selectFrom('paperPrint')
      .select('id')
      .where('paper', '=', id)
      .where('kind', '=', kind)
      .where('printedBy', 'is not distinct from', tx.actor.id)
      .where('printedAt', '>', tx.now.subtract({ seconds: SAME_PRINT_SECONDS }))
      .orderBy('printedAt', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (again) return { copy: again.id !== first?.id }
    // Whoever looks through somebody's eyes uses up nothing of theirs.
    if (tx.actor.viewedBy) return { copy: first !== undefined }
    tx.about(table, id)
    await tx.db
      .insertInto('paperPrint')
      .values({ id: newId(), paper: id, kind, printedBy: tx.actor.id, printedAt: tx.now })
      .execute()
    return { copy: first !== undefined }
  },
})
