import { linkTo } from '#kit/server/host/address.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { actorsById } from '../role/role.store.ts'
import { reachOf } from '#kit/access.ts'
import { registrationWaitsMessage } from './registration.ts'

const MOST_TOLD = 20

/** Tells those who decide that somebody waits. */
export async function tellDeciders(tx: Tx, { id, name }: { id: string; name: string }): Promise<void> {
  const people = await tx.db
    .selectFrom('accessUser')
    .select(['id', 'name', 'email', 'locale'])
    .where('state', '=', 'active')
    .where('id', 'in', (eb) => eb.selectFrom('accessMember').select('holder'))
    .orderBy('id')
    .limit(500)
    .execute()
  const actors = await actorsById(
    tx.ctx.database,
    people.map((one) => one.id),
    tx.db,
  )
  const deciders = new Set(actors.filter((one) => reachOf(one, 'access.registration.decide')).map((one) => one.id))
  for (const one of people.filter((person) => deciders.has(person.id)).slice(0, MOST_TOLD))
    await postMessage(tx, registrationWaitsMessage, {
      to: one.email,
      locale: one.locale,
      facts: { name: one.name, who: name, link: linkTo(`/registrations/${id}`) },
      about: id,
    })
}
