import { IconDiscount, IconHistory, IconTicket } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages } from '#kit/web/pages/site.ts'
import { coupon } from './coupon/coupon.ts'
import { promotion } from './promotion/promotion.ts'
import { use } from './use/use.ts'

/** Its part of the site map: one line a page, in the order of the menu. */
export const pages: readonly PageDeclaration[] = [
  entityPages(promotion, {
    menu: 'counter',
    icon: IconDiscount,
    form: () => import('./promotion/promotion-form.page.tsx'),
    detail: () => import('./promotion.page.tsx'),
  }),
  entityPages(coupon, { menu: 'counter', icon: IconTicket, detail: null }),
  entityPages(use, { menu: 'counter', icon: IconHistory, detail: null }),
].flat()
