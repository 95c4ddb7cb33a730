import { IconCashRegister } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { page } from '#kit/web/pages/site.ts'

/** Pages without the frame around them. */
export const pages: readonly PageDeclaration[] = [
  page('/pos/sell', () => import('./selling/sell.page.tsx'), {
    title: 'page.sell',
    can: 'pos.sale.complete',
    menu: 'counter',
    icon: IconCashRegister,
    bar: true,
    lands: ['cashier'],
    bare: true,
  }),
]
