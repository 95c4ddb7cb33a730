import { IconCalendarCheck, IconFileInvoice, IconPencilDollar, IconScale, IconWallet } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { account } from './account/account.ts'
import { entry } from './entry/entry.ts'
import { journal } from './journal/journal.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  entityPages(account, {
    menu: 'money',
    icon: IconWallet,
    list: () => import('./account/chart.page.tsx'),
    detail: () => import('./account/account.page.tsx'),
  }),
  entityPages(entry, {
    menu: 'money',
    icon: IconFileInvoice,
    list: () => import('./entry/entries.page.tsx'),
    detail: () => import('./entry/entry.page.tsx'),
  }),
  page('/ledger-lines', () => import('./entry/lines.page.tsx'), {
    title: 'entities.ledger.line',
    can: 'ledger.account.read',
    under: '/accounts',
  }),
  entityPages(journal, {
    menu: 'money',
    icon: IconPencilDollar,
    form: () => import('./journal/journal-form.page.tsx'),
    detail: () => import('./journal/journal.page.tsx'),
  }),
  page('/trial-balance', () => import('./entry/trial-balance.page.tsx'), {
    title: 'page.trialBalance',
    can: 'ledger.account.read',
    menu: 'money',
    icon: IconScale,
  }),
  page('/periods', () => import('./period/periods.page.tsx'), {
    title: 'page.periods',
    can: 'ledger.account.read',
    menu: 'money',
    icon: IconCalendarCheck,
  }),
].flat()
