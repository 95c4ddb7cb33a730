import { IconListDetails, IconShoppingCart, IconShoppingCartPlus } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { offer } from './offer/offer.ts'
import { purchase } from './purchase/purchase.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  entityPages(purchase, {
    menu: 'warehouse',
    icon: IconShoppingCart,
    form: () => import('./purchase/purchase-form.page.tsx'),
    detail: () => import('./purchase/purchase.page.tsx'),
  }),
  page('/sourcing/purchases/:id/receive', () => import('./purchase/receive.page.tsx'), {
    title: 'page.receivePurchase',
    can: 'inventory.stock.receive',
  }),
  page('/sourcing/proposals', () => import('./proposal/proposals.page.tsx'), {
    title: 'page.proposals',
    can: 'sourcing.purchase.edit',
    menu: 'warehouse',
    icon: IconShoppingCartPlus,
  }),
  entityPages(offer, { menu: 'warehouse', icon: IconListDetails }),
].flat()
