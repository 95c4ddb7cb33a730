import { IconAdjustments, IconHelp } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { page } from '#kit/web/pages/site.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  page('/', () => import('./home.page.tsx'), { title: 'page.home', can: 'signedIn' }),
  page('/home/:area', () => import('./area.page.tsx'), { title: 'page.home', can: 'signedIn' }),
  page('/settings', () => import('./settings.page.tsx'), {
    title: 'page.settings',
    can: 'signedIn',
    menu: 'company',
    icon: IconAdjustments,
  }),
  page('/help', () => import('./help/help.page.tsx'), { title: 'page.help', can: 'signedIn', icon: IconHelp }),
  page('/assignments', () => import('./assignments/assignments.page.tsx'), { title: 'page.assignments', can: 'signedIn' }),
  page('/notices', () => import('./notices/notices.page.tsx'), { title: 'page.notices', can: 'signedIn' }),
  page('/notices/settings', () => import('./notices/settings.page.tsx'), { title: 'page.noticeSettings', can: 'signedIn' }),
  page('/import/:kind', () => import('#kit/web/pages/import.page.tsx'), { title: 'page.import', can: 'signedIn' }),
]
