import { z } from 'zod'
import { problems } from '#kit/problem.ts'
import { roleKey, type Membership } from '../role/role.ts'

/** A group of the provider, and the role that its members hold. Owners are made here, by owners. */
export const groupRole = z.strictObject({
  group: z.string().trim().min(1).max(200),
  role: roleKey.refine((role) => role !== 'owner', { error: 'owner' }),
  place: z.uuid().nullable().default(null),
})
export type GroupRole = z.output<typeof groupRole>

export const ProviderProblem = problems('access.provider', {
  none: { status: 404, say: 'No provider has been set up for signing in.' },
  down: { status: 503, say: 'The provider does not answer at the moment. Sign in another way, or try again in a few minutes.' },
  refused: { status: 422, say: 'The provider did not confirm who you are. Try again.' },
  unknown: { status: 403, say: 'The provider knows you, and nobody here does yet. Ask for an invitation to {email}.' },
})

/** The roles that somebody's groups bring. */
export const rolesOfGroups = (groups: readonly string[], mapping: readonly GroupRole[]): Membership[] =>
  mapping.filter((one) => groups.includes(one.group)).map(({ role, place }) => ({ role, place }))

/** A claim of groups may be a list or one text; anything else is none. */
export const groupsIn = (claim: unknown): string[] =>
  Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : typeof claim === 'string' ? [claim] : []
