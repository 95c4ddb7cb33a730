import type { Entity } from '#kit/entity.ts'

/** A list as it is shown to somebody who works at one place: of that place, which no column and no filter has to say again. */
export function atPlace(of: Entity, place: string | undefined): { entity: Entity; fixed?: Readonly<Record<string, string>> } {
  if (!place) return { entity: of }
  const found = known.get(of) ?? without(of)
  known.set(of, found)
  return { entity: found, fixed: { place } }
}

const known = new WeakMap<Entity, Entity>()
const without = (of: Entity): Entity => ({
  ...of,
  list: of.list.filter((name) => name !== 'place'),
  filters: (of.filters ?? []).filter((name) => name !== 'place'),
  beyond: Object.fromEntries(Object.entries(of.beyond ?? {}).filter(([name]) => name !== 'place')),
})
