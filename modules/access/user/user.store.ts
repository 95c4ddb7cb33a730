import { newId } from '#kit/id.ts'
import type { Tx } from '#kit/server/context.ts'
import type { Db } from '#kit/server/db.ts'
import { hashSecret } from '../session/password.store.ts'
import { judgePassword } from '../session/session.ts'

/** The first owner, made by the set-up. @throws `access.session.weak` or `.common` */
export async function addOwner(
  tx: Tx,
  owner: { name: string; email: string; password: string; locale: string },
): Promise<string> {
  judgePassword(owner.password, [owner.name, owner.email.split('@')[0] ?? ''])
  const id = newId()
  await tx.db
    .insertInto('accessUser')
    .values({ id, name: owner.name, email: owner.email, locale: owner.locale, passwordHash: await hashSecret(owner.password) })
    .execute()
  await tx.db.insertInto('accessMember').values({ id: newId(), holder: id, role: 'owner', place: null }).execute()
  tx.changed({
    table: 'access_user',
    record: id,
    version: 1,
    before: null,
    after: { name: owner.name, email: owner.email, role: 'owner' },
  })
  return id
}

/** What a person sees of themselves. */
export async function profileOf(db: Db, id: string) {
  const [user, members] = await Promise.all([
    db
      .selectFrom('accessUser')
      .select(['id', 'name', 'email', 'locale', 'digits', (eb) => eb('pinHash', 'is not', null).as('hasPin')])
      .where('id', '=', id)
      .executeTakeFirst(),
    db.selectFrom('accessMember').select('role').distinct().where('holder', '=', id).execute(),
  ])
  return user ? { ...user, roles: members.map((member) => member.role) } : null
}
