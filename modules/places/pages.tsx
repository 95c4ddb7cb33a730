import { IconBuildingStore } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages } from '#kit/web/pages/site.ts'
import { place } from './place/place.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  entityPages(place, { settings: 'business', icon: IconBuildingStore, form: () => import('./place/place-form.page.tsx') }),
].flat()
