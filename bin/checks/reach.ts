import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import type { Tree, Violation } from './tree.ts'

/** What is started from outside: the server, the pages, the two workers of the browser, the commands, the manifests of modules. */
const isEntry = (path: string): boolean =>
  /^(?:server\.ts|vite\.config\.ts|web\/(?:main\.tsx|sw\.ts|worker\.ts)|bin\/[^/]+\.ts|modules\/[^/]+\/(?:module\.ts|pages\.tsx|bare\.tsx|home\.tsx|help\.ts))$/.test(
    path,
  ) && !isSuite(path)
const isSuite = (path: string): boolean => /\.test\.tsx?$/.test(path)
/** What is there for tests and measurements only, and is reached by them. */
const isHelp = (path: string): boolean => /^(?:test|bench)\//.test(path) || /\.(?:factory|cases|bench)\.ts$/.test(path)

/** Every file of the program is reached from what starts it; those for tests, from a test. What nothing reaches is dead. */
export function checkReached(tree: Tree): Violation[] {
  const paths = tree.sources.map(({ path }) => path)
  const entries = paths.filter(isEntry)
  // A part of a tree, in a test of the checks.
  if (!entries.includes('web/main.tsx')) return []
  const program = reachedFrom(tree, [...entries, ...inTemplates(tree)])
  const tests = reachedFrom(
    tree,
    // What a module has for the tests over everything is found by its name.
    paths.filter((path) => isSuite(path) || /\.(?:bench|cases)\.ts$/.test(path)),
  )
  const styles = globSync(['kit/**/*.css', 'modules/**/*.css', 'web/**/*.css'], { cwd: tree.root }).map((path) =>
    path.replaceAll('\\', '/'),
  )
  return [...paths, ...styles]
    .filter((path) => !isSuite(path) && !program.has(path) && !(isHelp(path) && tests.has(path)))
    .map((path) => ({
      path,
      line: 1,
      rule: 'nothing reaches this file',
      remedy: isHelp(path) || !tests.has(path) ? 'remove it' : 'only tests do: remove both, or let the program use it',
    }))
}

/** A file that runs as a process or a worker of its own is named by its address. */
const PROCESS = /new URL\('(?:\.\/)?([\w-]+\.tsx?)', import\.meta\.url\)/g

function reachedFrom({ sources, resolve }: Tree, entries: readonly string[]): Set<string> {
  const known = new Map(sources.map((source) => [source.path, source]))
  const reached = new Set<string>()
  const open = [...entries]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    const source = known.get(path)
    const named = [...(source?.text.matchAll(PROCESS) ?? [])].map((match) => `./${match[1]}`)
    for (const specifier of [...(source?.imports ?? []).map((one) => one.specifier), ...named]) {
      const to = resolve(path, specifier)
      if (to !== undefined) open.push(to)
    }
  }
  return reached
}

/** What the files import that `bin/new` writes. */
function inTemplates({ root, sources, resolve }: Tree): string[] {
  return sources
    .filter(({ path }) => path.startsWith('bin/templates/'))
    .flatMap(({ path, text }) => [...text.matchAll(/from '(#kit\/[^'$]+)'/g)].map((match) => resolve(path, match[1]!)!))
    .filter((path) => existsSync(join(root, path)))
}
