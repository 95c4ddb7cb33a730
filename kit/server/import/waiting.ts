import { sql } from 'kysely'
import type { Reading } from '../door/context.ts'
import { waiting } from '../list/waiting.ts'

/** What nobody came back to for so long is given up. */
const DAYS = 7

const mine = ({ actor, now }: Reading) => sql`from import_run r where r.created_by = ${actor.id}
  and r.created_at > ${now.subtract({ hours: DAYS * 24 })}`
const unanswered = sql`r.state in ('checked', 'failed')`

/**
 * Imports that were looked through and wait for an answer, or failed, for who began them; not those in whose place the same person
 * has brought another file of that kind since.
 */
export const importsWait = waiting({
  name: 'imports',
  can: 'signedIn',
  rows: (reading) => sql`select 1 ${mine(reading)} and ${unanswered} and not exists (
    select from import_run n where n.created_by = r.created_by and n.kind = r.kind and n.created_at > r.created_at)`,
  first: (reading) =>
    sql`(select r.kind || '?run=' || r.id ${mine(reading)} and ${unanswered} order by r.created_at desc limit 1)`,
  leadsTo(_, first) {
    const [kind = '', run = ''] = (first ?? '').split('?run=')
    return { path: `/import/${kind}`, search: { run } }
  },
})
