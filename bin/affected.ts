import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { isJourney, moduleOf } from './checks/kinds.ts'
import type { Tree } from './checks/tree.ts'

/** Whatever is changed, these say whether what is declared still fits together. */
const ALWAYS = ['test/conformance.test.ts']
const isTest = (path: string) => path.endsWith('.test.ts')
/** What every test file stands on: a change of it is a change of all. */
const GROUND = new Set([
  'test/harness.ts',
  'test/template.ts',
  'test/server.ts',
  'server.ts',
  'package.json',
  'package-lock.json',
])

/** Files that differ from a commit, and those that it does not know; from the root. */
export function changedSince(root: string, base: string): string[] {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean)
  return [...new Set([...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')])]
}

/**
 * The tests that a change may turn red, as far as the sources tell: those that reach a changed file by what they import, those of
 * the slices that it touches, and the journeys that go to pages of their modules. A whole run stays the last word.
 */
export function affectedBy(tree: Tree, changed: readonly string[]): string[] {
  const tests = tree.sources.map(({ path }) => path).filter(isTest)
  if (changed.some((path) => GROUND.has(path))) return tests
  const reached = reachedBack(tree, changed)
  const modules = new Set(changed.flatMap((path) => moduleOf(path) ?? []))
  const folders = new Set(changed.map((path) => dirname(path)))
  // A migration, and the words of a module, are everybody's in it.
  const whole = new Set(changed.filter((path) => /\.(?:sql|json)$/.test(path)).flatMap((path) => moduleOf(path) ?? []))
  const isOfKit = changed.some((path) => /^(?:kit\/web|web|kit\/server)\//.test(path))
  const paths = pathsOf(tree, modules)
  return tests.filter(
    (path) =>
      ALWAYS.includes(path) ||
      changed.includes(path) ||
      reached.has(path) ||
      (!isJourney(path) && (folders.has(dirname(path)) || whole.has(moduleOf(path) ?? ''))) ||
      (isJourney(path) && (isOfKit || paths.some((one) => textOf(tree, path).includes(one)))),
  )
}

/** Everything that imports one of them, and what imports that. What the program loads by name leads nowhere. */
function reachedBack({ sources, resolve }: Tree, changed: readonly string[]): Set<string> {
  const importers = new Map<string, string[]>()
  for (const { path, imports } of sources) {
    if (GROUND.has(path)) continue
    for (const { specifier, typeOnly } of imports) {
      const to = typeOnly ? undefined : resolve(path, specifier)
      if (to) importers.set(to, [...(importers.get(to) ?? []), path])
    }
  }
  const reached = new Set<string>()
  const open = [...changed]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    open.push(...(importers.get(path) ?? []))
  }
  return reached
}

/** Where the pages of some modules stand: `/inventory`, `/pos`. */
function pathsOf(tree: Tree, modules: ReadonlySet<string>): string[] {
  const pages = tree.sources.filter(({ path }) => /\/(?:pages|bare)\.tsx$/.test(path) && modules.has(moduleOf(path) ?? ''))
  const declared = tree.sources.filter(({ path }) => modules.has(moduleOf(path) ?? '') && !isTest(path))
  const found = [...pages, ...declared].flatMap(({ text }) =>
    [...text.matchAll(/(?:page\(|path: )'(\/[\w-]+(?:\/[\w-]+)?)/g)].map(([, path]) => path!),
  )
  return [...new Set(found)]
}

const textOf = (tree: Tree, path: string): string => tree.sources.find((one) => one.path === path)?.text ?? ''
