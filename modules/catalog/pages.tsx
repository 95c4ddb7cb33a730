import {
  IconBarcode,
  IconCategory,
  IconCertificate,
  IconPackage,
  IconPercentage,
  IconRuler2,
  IconTag,
  IconTags,
} from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { category } from './category/category.ts'
import { price, priceList } from './price/price.ts'
import { product, variant } from './product/product.ts'
import { taxClass, taxRate } from './tax/tax.ts'
import { conversion, unit } from './unit/unit.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  entityPages(product, {
    menu: ['warehouse', 'counter'],
    icon: IconPackage,
    bar: true,
    list: () => import('./product/products.page.tsx'),
    create: () => import('./product/new.page.tsx'),
    detail: () => import('./product/product.page.tsx'),
  }),
  entityPages(variant, {
    menu: 'warehouse',
    icon: IconBarcode,
    list: () => import('./product/variants.page.tsx'),
    create: null,
    detail: () => import('./product/variant.page.tsx'),
  }),
  entityPages(category, { menu: 'warehouse', icon: IconCategory }),
  entityPages(priceList, {
    menu: ['warehouse', 'counter'],
    icon: IconTags,
    detail: () => import('./price/list.page.tsx'),
  }),
  page('/catalog/labels', () => import('./labelling/labels.page.tsx'), {
    title: 'page.labels',
    can: 'catalog.product.read',
    menu: ['warehouse', 'counter'],
    icon: IconTag,
  }),
  entityPages(price, { form: () => import('./price/price-form.page.tsx') }),
  entityPages(conversion),
  entityPages(unit, { settings: 'goods', icon: IconRuler2, detail: () => import('./unit/unit.page.tsx') }),
  entityPages(taxClass, {
    settings: 'goods',
    icon: IconCertificate,
    detail: () => import('./tax/tax-class.page.tsx'),
  }),
  entityPages(taxRate, { settings: 'goods', icon: IconPercentage }),
].flat()
