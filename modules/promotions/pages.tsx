import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages } from '#kit/web/pages/site.ts'
import { coupon } from './coupon/coupon.ts'
import { promotion } from './promotion/promotion.ts'
import { use } from './use/use.ts'

/**
 * Its part of the site map. It stands in no menu as long as no till gives what is written here: they come to the counter together
 * (`menu: 'counter'` for each).
 */
export const pages: readonly PageDeclaration[] = [
  entityPages(promotion, {
    form: () => import('./promotion/promotion-form.page.tsx'),
    detail: () => import('./promotion.page.tsx'),
  }),
  entityPages(coupon, { detail: null }),
  entityPages(use, { detail: null }),
].flat()
