import type { PageDeclaration } from '#kit/web/page.ts'
import { moduleNames } from '#modules/list.ts'
import { pages as own } from './pages.tsx'

type Pages = readonly PageDeclaration[]

const framed = import.meta.glob<Pages>('../modules/*/pages.tsx', { eager: true, import: 'pages' })

/** The pages inside the frame, those of the module that stands highest first: a menu begins with what is done. */
export const pages: Pages = [own, ...moduleNames.toReversed().map((name) => framed[`../modules/${name}/pages.tsx`] ?? [])].flat()
