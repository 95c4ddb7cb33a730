/**
 * Something that a module brings to a whole: a job, a kind of file, what is kept for how long. It counts once it has been
 * mounted, and mounted is what a manifest lists (`modules/<m>/module.ts`): to import a file declares nothing.
 */
export interface Part {
  mount(): void
}

/** A whole that modules bring parts to; whoever declares it reads them all. */
export interface Whole<Value> {
  part(value: Value): Part
  /** In the order of the modules. */
  all(): readonly Value[]
}

/** Parts that were made and that no manifest lists. */
export const strays = new Set<unknown>()

export function whole<Value>(): Whole<Value> {
  const values = new Set<Value>()
  return {
    part(value) {
      strays.add(value)
      return {
        mount() {
          values.add(value)
          strays.delete(value)
        },
      }
    },
    all: () => [...values],
  }
}
