import { IconTruckReturn } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages } from '#kit/web/pages/site.ts'
import { returnNote } from './return/return.ts'

/** Its part of the site map: one line a page, in the order of the menu. */
export const pages: readonly PageDeclaration[] = [
  entityPages(returnNote, {
    menu: 'counter',
    icon: IconTruckReturn,
    detail: () => import('./return/return.page.tsx'),
  }),
].flat()
