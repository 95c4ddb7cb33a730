import { IconMail, IconMailCog } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { outgoing } from './message/message.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  entityPages(outgoing, {
    settings: 'messages',
    icon: IconMail,
    list: () => import('./message/messages.page.tsx'),
    detail: () => import('./message/message.page.tsx'),
  }),
  page('/settings/templates', () => import('./template/templates.page.tsx'), {
    title: 'page.templates',
    can: 'comms.template.edit',
    settings: 'messages',
    icon: IconMailCog,
  }),
].flat()
