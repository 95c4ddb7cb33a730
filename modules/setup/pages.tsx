import { IconBuilding, IconClockPlay, IconForms, IconHash, IconPlugConnected } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { customField } from './field/custom-field.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  page('/settings/company', () => import('./company/company.page.tsx'), {
    title: 'page.company',
    can: 'setup.company.read',
    settings: 'business',
    icon: IconBuilding,
  }),
  page('/settings/numbers', () => import('./numbers/numbers.page.tsx'), {
    title: 'page.numbers',
    can: 'setup.company.read',
    settings: 'business',
    icon: IconHash,
  }),
  ...entityPages(customField, {
    settings: 'business',
    icon: IconForms,
    form: () => import('./field/custom-field-form.page.tsx'),
  }),
  page('/settings/connections', () => import('./connection/connections.page.tsx'), {
    title: 'page.connections',
    can: 'access.connection.edit',
    settings: 'messages',
    icon: IconPlugConnected,
  }),
  page('/settings/connections/:name', () => import('./connection/connection.page.tsx'), {
    title: 'page.connections',
    can: 'access.connection.edit',
  }),
  page('/settings/scheduled', () => import('./scheduled/scheduled.page.tsx'), {
    title: 'page.scheduled',
    can: 'access.schedule.run',
    settings: 'advanced',
    icon: IconClockPlay,
  }),
]
