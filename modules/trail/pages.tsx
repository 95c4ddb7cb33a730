import { IconActivity, IconArchive, IconKey, IconShieldCheck, IconShieldSearch } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { activity } from './activity/activity.ts'

/** Its part of the site map: one line a page, in the order of the menu. */
export const pages: readonly PageDeclaration[] = [
  page('/settings/standard', () => import('./standard/standard.page.tsx'), {
    title: 'page.standard',
    can: 'access.audit.read',
    settings: 'advanced',
    icon: IconShieldCheck,
  }),
  page('/audit', () => import('./audit/audit.page.tsx'), {
    title: 'page.audit',
    can: 'access.audit.read',
    menu: 'company',
    icon: IconShieldSearch,
  }),
  entityPages(activity, {
    menu: 'company',
    icon: IconActivity,
    list: () => import('./activity/activities.page.tsx'),
    detail: () => import('./activity/activity.page.tsx'),
  }),
  page('/audit/:id', () => import('./audit/entry.page.tsx'), { title: 'page.audit', can: 'access.audit.read' }),
  page('/settings/secrets', () => import('./secret/secrets.page.tsx'), {
    title: 'page.secrets',
    can: 'access.security.edit',
    settings: 'advanced',
    icon: IconKey,
  }),
  page('/settings/keeping', () => import('./keeping/keeping.page.tsx'), {
    title: 'page.keeping',
    can: 'access.keeping.edit',
    settings: 'advanced',
    icon: IconArchive,
  }),
].flat()
