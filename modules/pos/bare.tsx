import { IconCashRegister } from '@tabler/icons-react'
import { page, type PageDeclaration } from '#kit/web/page.ts'

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
