import { IconInbox, IconKey, IconUserQuestion, IconUsers } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { page } from '#kit/web/pages/site.ts'

/** Its part of the site map: one line a page, in the order of the menu. */
export const pages: readonly PageDeclaration[] = [
  page('/roles', () => import('./roles/roles.page.tsx'), {
    title: 'page.roles',
    can: 'access.user.read',
    menu: 'company',
    icon: IconKey,
  }),
  page('/roles/compare', () => import('./roles/compare.page.tsx'), {
    title: 'page.compareRoles',
    can: 'access.user.read',
  }),
  page('/roles/$id', () => import('./roles/role.page.tsx'), { title: 'page.roles', can: 'access.user.read' }),
  page('/why', () => import('./why/why.page.tsx'), {
    title: 'page.why',
    can: 'access.user.read',
    menu: 'company',
    icon: IconUserQuestion,
  }),
  page('/approvals', () => import('./approval/approvals.page.tsx'), {
    title: 'page.approvals',
    can: 'signedIn',
    menu: ['company', 'counter', 'warehouse', 'money'],
    icon: IconInbox,
  }),
  page('/settings/approvals', () => import('./approval/settings.page.tsx'), {
    title: 'page.approvalSettings',
    can: 'access.security.edit',
    settings: 'people',
    icon: IconUsers,
  }),
]
