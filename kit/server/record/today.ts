import { sql } from 'kysely'
import { z } from 'zod'
import { reachOf, type Actor } from '../../access.ts'
import { declaredEntities } from '../../entity.ts'
import { whole, type Part } from '../../part.ts'
import { query } from '../door/command.ts'
import type { Reading } from '../door/context.ts'
import { businessDay, dayBounds } from '../../time.ts'
import { clockOf } from '../door/scheduled.ts'
import { titlesSeen } from './record.ts'

/** Somebody did something with a record. */
interface Done {
  readonly id: string
  readonly at: Temporal.Instant
  readonly by: string
  readonly command: string
  readonly table: string
  readonly about: string
  readonly place: string | null
}

const often = whole<string>()
/** A command that is given all day long, so that figures tell of it and the story of the day leaves it out. */
export const doneOften = (command: string): Part => often.part(command)

const SHOWN = 12
/** Of more than these the newest: some of them whoever asks may not see. */
const LOOKED_AT = 60

/**
 * What people did today with records that whoever asks may see, the newest first. Rights are those of the records themselves.
 */
export const listToday = query({
  name: 'kit.listToday',
  can: 'signedIn',
  input: z.object({ place: z.uuid().optional() }),
  async run(reading, { place }) {
    const { db, actor } = reading
    const done = await doneToday(reading, place)
    const titles = await titlesSeen(
      db,
      actor,
      done.map(({ table, about }) => ({ table, id: about })),
    )
    const rows = done.flatMap(({ table, about, ...row }) => {
      const title = titles.get(about)
      return title === undefined ? [] : [{ ...row, title, path: `${declaredEntities.get(table)!.path}/${about}` }]
    })
    return { rows: rows.slice(0, SHOWN) }
  },
})

const tablesSeen = (actor: Actor): string[] =>
  [...declaredEntities.values()].flatMap((of) => (of.can.read !== 'signedIn' && reachOf(actor, of.can.read) ? [of.table] : []))

async function doneToday({ db, actor, now }: Reading, place: string | undefined): Promise<Done[]> {
  const tables = tablesSeen(actor)
  if (tables.length === 0) return []
  const clock = await clockOf(db)
  const { start: since } = dayBounds(businessDay(now, clock), clock)
  const { rows } = await sql<Done>`
    select id, at, actor_name as by, command, about_table as table, about, place from audit_entry
    where at >= ${since.toString()}::timestamptz and actor_kind = 'user' and about is not null
      and about_table = any(${tables}::text[]) and command <> all(${often.all()}::text[])
      ${place ? sql`and place = ${place}` : sql``}
    order by at desc, id desc limit ${LOOKED_AT}`.execute(db)
  return rows
}
