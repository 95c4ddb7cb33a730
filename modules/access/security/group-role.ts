import { z } from 'zod'
import { roleKey, type Membership } from '../role/role.ts'

/** A group of the provider, and the role that its members hold. Owners are made here, by owners. */
export const groupRole = z.strictObject({
  group: z.string().trim().min(1).max(200),
  role: roleKey.refine((role) => role !== 'owner', { error: 'owner' }),
  place: z.uuid().nullable().default(null),
})
export type GroupRole = z.output<typeof groupRole>

/** The roles that somebody's groups bring. */
export const rolesOfGroups = (groups: readonly string[], mapping: readonly GroupRole[]): Membership[] =>
  mapping.filter((one) => groups.includes(one.group)).map(({ role, place }) => ({ role, place }))
