import { z } from 'zod'
import { sql } from 'kysely'
import { query } from '#kit/server/door/command.ts'
import { tokenHash } from '../session/session.store.ts'
import type { PlacedRole } from '../role/role.ts'
import { InvitationProblem, tokenInput } from './invitation.ts'

// An invitation names a handful of roles, so they come along as one value.
const roles = sql<PlacedRole[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'place', r.place, 'placeName', p.name,
    'seller', r.seller, 'sellerName', s.name, 'until', r.until, 'name', o.name) order by r.role, p.name), '[]')
  from access_invitation_role r join access_role o on o.key = r.role left join place_fact p on p.id = r.place left join party_fact s on s.id = r.seller where r.invitation = i.id)`

/** Links that still let somebody in, newest first: those to the places that the reader looks after. */
export const listInvitations = query({
  name: 'access.listInvitations',
  can: 'access.user.read',
  input: z.object({}),
  run: async ({ db, now, reach }) => ({
    rows: await db
      .selectFrom('accessInvitation as i')
      .leftJoin('accessUserName as u', 'u.id', 'i.invitedBy')
      .select(['i.id', 'i.email', 'i.name', 'i.createdAt', 'i.expiresAt', 'u.name as invitedByName', roles.as('roles')])
      .where('i.state', '=', 'sent')
      .where('i.expiresAt', '>', now)
      .where(
        sql<boolean>`(${reach.all} or exists (select 1 from access_invitation_role r
          where r.invitation = i.id and r.place = any(${reach.places}::uuid[])))`,
      )
      .orderBy('i.createdAt', 'desc')
      .limit(200)
      .execute(),
  }),
})

/** Whom a link is for, so that the page can greet them. */
export const showInvitation = query({
  name: 'access.showInvitation',
  can: 'public',
  input: z.object({ token: tokenInput }),
  async run({ db, now }, { token }) {
    const found = await db
      .selectFrom('accessInvitation as i')
      .select(['i.email', 'i.name', 'i.state', 'i.expiresAt', roles.as('roles')])
      .where('i.tokenHash', '=', tokenHash(token))
      .executeTakeFirst()
    if (!found || found.state !== 'sent' || Temporal.Instant.compare(found.expiresAt, now) <= 0) throw InvitationProblem.gone()
    return { email: found.email, name: found.name, roles: found.roles.map(({ role, placeName }) => ({ role, placeName })) }
  },
})
