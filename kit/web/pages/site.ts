import type { Entity } from '../../entity.ts'
import type { Load, PageDeclaration, PageFacts } from '../base/page.ts'

/** One line of the site map: `page('/pos/sell', () => import('#modules/pos/selling/sell.page.tsx'), { title: 'page.sell', can: 'pos.sale.complete' })`. */
export const page = (path: string, load: Load, facts: PageFacts): PageDeclaration => ({
  path: path.replace(/:(\w+)/g, '$$$1'),
  load,
  ...facts,
})

export interface EntityPageFacts extends Omit<PageFacts, 'can' | 'title'> {
  /** Parts written by hand in place of the generated ones; `null` leaves one out. */
  readonly list?: Load | null
  /** Where a new one is made; the form otherwise. */
  readonly create?: Load | null
  readonly form?: Load | null
  readonly detail?: Load | null
}

/** List, new, detail and edit of an entity at its path, without a file of their own. */
export function entityPages(
  entity: { readonly name: string; readonly path: string },
  facts: EntityPageFacts = {},
): PageDeclaration[] {
  const of = entity as Entity
  const { list, form, create = form, detail, ...rest } = facts
  const { read, write } = of.can
  // Of a document its lines are written and shown with it.
  const [writing, showing] =
    'lines' in of
      ? ([() => import('./document-form.page.tsx'), () => import('./document.page.tsx')] as const)
      : ([undefined, () => import('./detail.page.tsx')] as const)
  const make = (path: string, own: Load | null | undefined, generated: Load, more: PageFacts): PageDeclaration[] =>
    own === null ? [] : [{ ...page(path, own ?? generated, more), entity: of }]
  return [
    ...make(of.path, list, () => import('./list.page.tsx'), { ...rest, can: read }),
    ...(write ? make(`${of.path}/new`, create, writing ?? (() => import('./new.page.tsx')), { can: write }) : []),
    ...make(`${of.path}/:id`, detail, showing, { can: read }),
    ...(write ? make(`${of.path}/:id/edit`, form, writing ?? (() => import('./edit.page.tsx')), { can: write }) : []),
  ]
}
