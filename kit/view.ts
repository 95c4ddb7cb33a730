import { entity, type Entity, type EntityPermissions, type EntitySpec, type Fields } from './entity.ts'

type Left = 'life' | 'changeableIn' | 'sections' | 'reasoned' | 'archive' | 'custom' | 'naturalKey' | 'seeded'

/** What is declared of a view: an entity of which nothing is written. */
export interface ViewSpec<F extends Fields, Path extends string> extends Omit<EntitySpec<F, undefined, Path>, Left | 'can'> {
  readonly can: Pick<EntityPermissions, 'read' | 'export'>
}

/**
 * A list over a view of the database: what several tables tell together (stock, moves, what expires). It has rows with filters, sums,
 * groups, export, print and saved views as an entity has them, and neither a page, a history nor verbs of its own: a row leads to the
 * records that it is made of. Each row has an `id` that stays the same, by which the list goes on.
 */
export const view = <const F extends Fields, const Path extends string>(
  relation: string,
  spec: ViewSpec<F, Path>,
): Entity<F, undefined, Path> => entity(relation, { ...spec, isView: true })
