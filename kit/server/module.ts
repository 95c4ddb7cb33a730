import type { Routes } from './http.ts'

/** A module's manifest: what it is called, whom it may call, and what it mounts. */
export interface Module {
  readonly name: string
  readonly depends: readonly string[]
  readonly routes: readonly Routes[]
}

/** Routes keep their own types where they are declared; the manifest only lists them. */
export const module = (spec: { name: string; depends: readonly string[]; routes: readonly object[] }): Module => spec as Module
