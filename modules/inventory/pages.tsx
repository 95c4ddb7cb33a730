import {
  IconArrowsExchange,
  IconCalendarDue,
  IconChecklist,
  IconClipboardList,
  IconStack2,
  IconTransfer,
  IconTruckDelivery,
  IconBuildingWarehouse,
  IconRefreshAlert,
} from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { stockDocument } from './document/document.ts'
import { location } from './location/location.ts'
import { lot } from './lot/lot.ts'
import { reorder } from './reorder/reorder.ts'
import { stockCount } from './stock-count/stock-count.ts'
import { transfer } from './transfer/transfer.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  page('/inventory/stock', () => import('./stock/stock.page.tsx'), {
    title: 'page.stock',
    can: 'inventory.stock.read',
    menu: 'warehouse',
    icon: IconStack2,
  }),
  page('/inventory/stock/:variant', () => import('./stock/variant.page.tsx'), {
    title: 'page.stock',
    can: 'inventory.stock.read',
  }),
  page('/inventory/moves', () => import('./stock/moves.page.tsx'), {
    title: 'stock.moves',
    can: 'inventory.stock.read',
    menu: 'warehouse',
    icon: IconArrowsExchange,
  }),
  entityPages(lot, {
    menu: 'warehouse',
    icon: IconCalendarDue,
    list: () => import('./lot/lots.page.tsx'),
    create: null,
    detail: () => import('./lot/lot.page.tsx'),
  }),
  page('/inventory/receive', () => import('./document/receive.page.tsx'), {
    title: 'goods.receipt',
    can: 'inventory.stock.receive',
    menu: 'warehouse',
    icon: IconTruckDelivery,
  }),
  entityPages(transfer, {
    menu: 'warehouse',
    icon: IconTransfer,
    list: () => import('./transfer/transfers.page.tsx'),
    form: () => import('./transfer/transfer-form.page.tsx'),
    detail: () => import('./transfer/transfer.page.tsx'),
  }),
  page('/inventory/transfer-proposals', () => import('./transfer-proposal/transfer-proposals.page.tsx'), {
    title: 'page.transferProposals',
    can: 'inventory.transfer.request',
    under: '/inventory/transfers',
  }),
  page('/inventory/transfers/:id/receive', () => import('./transfer/receive.page.tsx'), {
    title: 'page.receiveTransfer',
    can: 'inventory.stock.receive',
  }),
  entityPages(stockCount, {
    menu: 'warehouse',
    icon: IconChecklist,
    form: () => import('./stock-count/stock-count-form.page.tsx'),
    detail: () => import('./stock-count/stock-count.page.tsx'),
  }),
  page('/inventory/stock-counts/:id/count', () => import('./stock-count/counting.page.tsx'), {
    title: 'stockCount.count',
    can: 'inventory.stock.adjust',
  }),
  page('/inventory/adjust', () => import('./document/adjust.page.tsx'), {
    title: 'goods.adjustment',
    can: 'inventory.stock.adjust',
    under: '/inventory/stock',
  }),
  page('/inventory/transfer', () => import('./document/transfer.page.tsx'), {
    title: 'goods.transfer',
    can: 'inventory.stock.adjust',
    under: '/inventory/stock',
  }),
  entityPages(stockDocument, {
    menu: 'warehouse',
    icon: IconClipboardList,
    create: null,
    form: () => import('./document/document-form.page.tsx'),
    detail: () => import('./document/document.page.tsx'),
  }),
  entityPages(reorder, { menu: 'warehouse', icon: IconRefreshAlert }),
  entityPages(location, {
    menu: 'warehouse',
    icon: IconBuildingWarehouse,
    create: () => import('./location/location-new.page.tsx'),
  }),
].flat()
