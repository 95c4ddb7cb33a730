import { useQuery } from '@tanstack/react-query'
import { api, type Wire } from '#kit/web/base/api.ts'
import { useT } from '#kit/web/base/words.tsx'
import type { roleListRoutes } from './role.routes.ts'

export type RolesData = Wire<NonNullable<(typeof roleListRoutes)['GET /roles']['__output']>>
export type RoleData = RolesData['roles'][number]
export type PermissionData = RolesData['permissions'][number]

/** Every role with its lines, every permission with its sentence. */
export const useRoles = () => useQuery(api<typeof roleListRoutes>('access')('GET /roles'))

/** What a role is called here: by this company, else in the person's language, else by its key. */
export function useRoleName(): (role: { readonly key: string; readonly name?: string | null }) => string {
  const t = useT()
  return ({ key, name }) => name ?? (t.has(`role.${key}`) ? t(`role.${key}`) : key)
}
