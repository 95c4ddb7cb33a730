import type { Part } from '../../part.ts'
import type { Routes } from './http.ts'

/** A module's manifest: what it is called, whom it may call, and what it brings. */
export interface Module {
  readonly name: string
  readonly depends: readonly string[]
  readonly routes: readonly Routes[]
}

/** What a `module.ts` holds. */
export type Manifest = Module & { readonly parts: readonly Part[] }

/** All modules of the program, in the order in which they stand on each other, with what they bring mounted. */
export function mounted(...modules: readonly Manifest[]): readonly Module[] {
  for (const { parts } of modules) for (const part of parts) part.mount()
  return modules
}

/** Routes keep their own types where they are declared; the manifest only lists them. */
export const module = (spec: {
  name: string
  depends: readonly string[]
  /** Its permissions, and what it brings to wholes that others keep. */
  parts?: readonly Part[]
  routes: readonly object[]
}): Manifest => ({ parts: [], ...spec }) as Manifest
