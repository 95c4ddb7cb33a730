import { IconAddressBook } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages } from '#kit/web/pages/site.ts'
import { party } from './party/party.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  entityPages(party, {
    menu: ['customers', 'counter', 'warehouse'],
    icon: IconAddressBook,
    bar: true,
    detail: () => import('./party/party.page.tsx'),
    form: () => import('./party/party-form.page.tsx'),
  }),
].flat()
