import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { moduleNames } from '#modules/list.ts'
import type { World } from './harness.ts'
import { root } from './template.ts'

/** An endpoint, and an input that names a place, or the shelf or the till that stands in it. */
export type Placed = readonly [name: string, input: (place: string, shelf: string, till: string) => unknown]
/** A store of which whoever is tried knows nothing, and calls as its owner. */
export interface Elsewhere {
  readonly world: World
  readonly run: (name: string, ctx: ReturnType<World['ctx']>, input: unknown) => Promise<unknown>
}

/**
 * What the tests over everything need to know of a module: its own `modules/<m>/<m>.cases.ts` says it, so that a capability is a
 * folder and a line in `modules/list.ts` for the tests as well.
 */
export interface Cases {
  /** Tables whose rows stay as they were written: `test/audit.test.ts`. */
  readonly appendOnly?: readonly string[]
  /** Inputs that name a place, each refused or unanswered from another one: [A16] in `test/policy.test.ts`. */
  placed?(at: Elsewhere): Promise<readonly Placed[]>
  /** Problems that refuse a place, beside those that every module has. */
  readonly refusals?: readonly string[]
  /** What a question needs beside the record that it is about: `test/elsewhere.test.ts`. */
  readonly beside?: Readonly<Record<string, object>>
  /** Pages that need no record, walked on every device: `test/journeys/pages.test.ts`. */
  readonly pages?: readonly string[]
  /** Entities of a place that are judged by more than their place, and where: `test/escalation.test.ts`. */
  readonly judged?: Readonly<Record<string, string>>
}

const told = await Promise.all(
  moduleNames.map(async (name) => {
    const path = join(root, 'modules', name, `${name}.cases.ts`)
    return existsSync(path) ? ((await import(path)) as { cases: Cases }).cases : {}
  }),
)
export const allCases: readonly Cases[] = told
