import { z } from 'zod'
import { masked } from '#kit/entity.ts'
import { reachOf } from '#kit/access.ts'
import { query } from '#kit/server/door/command.ts'
import { canLeave } from '#kit/server/door/message.ts'
import { loadPlaces, readCompany, theCompany } from '#modules/places/index.ts'
import { lifeOfSession, profileOf } from '#modules/access/index.ts'
import { posSettings } from '#modules/pos/index.ts'
import { fixedFacts } from './setup.store.ts'

/** What the web application asks first: who am I, what may I do, where. */
export const showSession = query({
  name: 'setup.showSession',
  can: 'public',
  input: z.object({}),
  async run({ db, actor, ctx }) {
    const [company, session] = await Promise.all([readCompany(db), ctx.session ? lifeOfSession(db, ctx.session) : undefined])
    const leaves = { mail: canLeave('mail'), sms: canLeave('sms') }
    if (!actor.id)
      return {
        setUp: company !== null,
        leaves,
        user: null,
        permissions: {},
        company: company && { name: company.name, locale: company.locale },
        places: [],
        unproven: actor.isUnproven ?? false,
        locked: actor.isLocked && session ? { name: session.name } : null,
      }
    const [user, places] = await Promise.all([profileOf(db, actor.id), loadPlaces(db)])
    const visible = reachOf(actor, 'places.place.read')
    return {
      setUp: true,
      leaves,
      // A program works in somebody's name and does not need to know how to reach them.
      user: user && actor.isProgram ? { ...user, email: masked(user.email), phones: masked(user.phones), codePhone: null } : user,
      viewedBy: actor.viewedBy?.name ?? null,
      permissions: Object.fromEntries(actor.grants),
      company,
      life: session && { idleMinutes: session.idleMinutes, lockMinutes: session.lockMinutes },
      places: places.filter((place) => visible && (visible.all || visible.places.includes(place.id))),
    }
  },
})

export const showCompany = query({
  name: 'setup.showCompany',
  can: 'setup.company.read',
  input: z.object({}),
  async run({ db }) {
    const [company, pos, fixed] = await Promise.all([theCompany(db), posSettings(db), fixedFacts(db)])
    return { company, pos, fixed }
  },
})
