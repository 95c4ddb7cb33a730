import { dirname } from 'node:path'
import { checkBoundaries } from './boundaries.ts'
import { checkCircles } from './circles.ts'
import { checkReached } from './reach.ts'
import { checkRows } from './rows.ts'
import { checkDefaults, checkPages, checkType, longFiles } from './shapes.ts'
import { checkStates } from './states.ts'
import { checkTables } from './tables.ts'
import { readTree, show, type Tree, type Violation } from './tree.ts'

export interface Findings {
  readonly violations: readonly Violation[]
  readonly warnings: readonly Violation[]
}

/**
 * Proves the borders of the architecture: who may import whom, whose tables a file may name, that every page is on the
 * site map. Reads text only, so that it also holds for code that does not run yet.
 */
export function checkImports(tree: Tree): Findings {
  const violations = [
    checkBoundaries,
    checkCircles,
    checkTables,
    checkPages,
    checkDefaults,
    checkReached,
    checkRows,
    checkStates,
    checkType,
  ].flatMap((check) => check(tree))
  return {
    violations: violations.toSorted((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1)),
    warnings: longFiles(tree),
  }
}

if (import.meta.main) {
  const { violations, warnings } = checkImports(readTree(dirname(dirname(import.meta.dirname))))
  for (const one of warnings) console.log(`warning: ${show(one)}`)
  for (const one of violations) console.log(show(one))
  process.exitCode = violations.length > 0 ? 1 : 0
}
