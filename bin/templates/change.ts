import type { Edit } from './edits.ts'

/** A file that is there already, and what is put into it. */
export interface Change {
  readonly path: string
  readonly edits: readonly Edit[]
  /** What a person is asked to do where the places for it are not found. */
  readonly otherwise: string
}
