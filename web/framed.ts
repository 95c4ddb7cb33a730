import type { Part } from '#kit/part.ts'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { moduleNames } from '#modules/list.ts'
import { pages as own } from './pages.tsx'

type Pages = readonly PageDeclaration[]

const framed = import.meta.glob<Pages>('../modules/*/pages.tsx', { eager: true, import: 'pages' })

// What modules bring to the lists of others; on the server their manifests do.
const lists = import.meta.glob<readonly Part[]>('../modules/*/lists.ts', { eager: true, import: 'filters' })
for (const one of Object.values(lists).flat()) one.mount()

/** The pages inside the frame, those of the module that stands highest first: a menu begins with what is done. */
export const pages: Pages = [own, ...moduleNames.toReversed().map((name) => framed[`../modules/${name}/pages.tsx`] ?? [])].flat()
