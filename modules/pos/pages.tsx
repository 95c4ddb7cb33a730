import { IconBasketMinus, IconCashRegister, IconClockHour4, IconReceipt, IconReceiptRefund } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { sale } from './sale/sale.ts'
import { shift } from './shift/shift.ts'
import { till } from './till/till.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  page('/pos/shifts/:id/close', () => import('./selling/close.page.tsx'), {
    title: 'till.close',
    can: 'pos.shift.open',
  }),
  entityPages(sale, { menu: 'counter', icon: IconReceipt, bar: true, detail: () => import('./receipt/sale.page.tsx') }),
  page('/pos/return', () => import('./returning/returning.page.tsx'), {
    title: 'back.start',
    can: 'pos.return.take',
    menu: 'counter',
    icon: IconReceiptRefund,
  }),
  page('/pos/sale-lines', () => import('./sale/lines.page.tsx'), {
    title: 'entities.pos.saleLine',
    can: 'pos.sale.read',
    under: '/pos/sales',
  }),
  page('/pos/removals', () => import('./removed/removals.page.tsx'), {
    title: 'entities.pos.removal',
    can: 'pos.removal.read',
    menu: 'counter',
    icon: IconBasketMinus,
  }),
  entityPages(shift, { menu: 'counter', icon: IconClockHour4, detail: () => import('./shift/shift.page.tsx') }),
  entityPages(till, { settings: 'selling', icon: IconCashRegister }),
].flat()
