import { IconApi, IconShieldLock, IconUserShield, IconUsersGroup } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { registration } from './registration/registration.ts'
import { team } from './team/team.ts'
import { user } from './user/user.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  page('/profile', () => import('./profile.page.tsx'), { title: 'page.profile', can: 'signedIn' }),
  entityPages(user, {
    menu: 'company',
    icon: IconUserShield,
    create: null,
    list: () => import('./people/users.page.tsx'),
    detail: () => import('./people/user.page.tsx'),
  }),
  entityPages(registration, {
    list: () => import('./people/registrations.page.tsx'),
    detail: () => import('./registration/registration.page.tsx'),
  }),
  page('/users/invite', () => import('./invitation/invite.page.tsx'), {
    title: 'page.invite',
    can: 'access.user.edit',
  }),
  entityPages(team, { menu: 'company', icon: IconUsersGroup, detail: () => import('./team/team.page.tsx') }),
  page('/settings/security', () => import('./security-settings/security.page.tsx'), {
    title: 'page.security',
    can: 'access.security.edit',
    settings: 'people',
    icon: IconShieldLock,
  }),
  page('/api-keys', () => import('./machine/api-keys.page.tsx'), {
    title: 'page.apiKeys',
    can: 'access.apiKey.use',
    settings: 'advanced',
    icon: IconApi,
  }),
].flat()
