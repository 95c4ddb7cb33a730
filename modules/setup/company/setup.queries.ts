import { z } from 'zod'
import { sql } from 'kysely'
import { declaredEntities, masked } from '#kit/entity.ts'
import { reachOf } from '#kit/access.ts'
import { query } from '#kit/server/command.ts'
import { shownName, wordsFor } from '#kit/server/words.ts'
import { all, columnOf, scopeOf, searchOf } from '#kit/server/list.ts'
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
    if (!actor.id)
      return {
        setUp: company !== null,
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

// What the palette finds, and where a hit leads.
const searched: readonly { table: string; href: string }[] = [
  { table: 'catalog_product', href: '/catalog/products/' },
  { table: 'party', href: '/parties/' },
  { table: 'pos_sale', href: '/pos/sales/' },
  { table: 'inventory_document', href: '/inventory/documents/' },
  { table: 'ledger_account', href: '/accounts/' },
  { table: 'access_user', href: '/users/' },
]

/** Finds records of any kind by what people call them; only those that the reader may see. */
export const searchEverywhere = query({
  name: 'setup.search',
  can: 'signedIn',
  input: z.object({ q: z.string().trim().min(2).max(100) }),
  async run({ db, actor }, { q }) {
    const parts = searched.flatMap(({ table, href }) => {
      const entity = declaredEntities.get(table)
      const reach = entity && reachOf(actor, entity.can.read)
      if (!entity || !reach) return []
      return [
        sql`(select ${entity.name}::text as kind, t.id, ${columnOf(entity.title)}::text as title, ${href}::text || t.id as href,
            ${entity.seeded ?? null}::text as seeded
          from ${sql.table(table)} t where ${searchOf(db, entity, actor, q)} and ${all(scopeOf(entity, reach, actor.id))} limit 6)`,
      ]
    })
    if (parts.length === 0) return { rows: [] }
    const { rows } = await sql<{
      kind: string
      id: string
      title: string
      href: string
      seeded: string | null
    }>`${sql.join(parts, sql` union all `)}`.execute(db)
    const t = wordsFor(actor.locale)
    return {
      rows: rows.map(({ seeded, ...row }) => ({ ...row, title: seeded ? shownName(t, seeded, row.title) : row.title })),
    }
  },
})
