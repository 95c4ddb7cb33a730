import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { moduleOf, ownerOf } from './kinds.ts'
import { readSource, textOf, walk, type SyntaxNode, type Source } from './source.ts'

/** One thing that a check found: where, which rule, and what to do about it. */
export interface Violation {
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly remedy: string
}

export const show = ({ path, line, rule, remedy }: Violation): string => `${path}:${line}  ${rule} — ${remedy}`

export interface Migration {
  readonly path: string
  readonly owner: string
  readonly text: string
}

/** Everything that the checks read, read once. */
export interface Tree {
  readonly root: string
  readonly sources: readonly Source[]
  readonly migrations: readonly Migration[]
  /** Packages that `package.json` names. */
  readonly packages: ReadonlySet<string>
  /** What a module names as standing below it, by module; from the text of its manifest. */
  readonly depends: ReadonlyMap<string, readonly string[]>
  /** The path that a specifier leads to; nothing for a package. */
  resolve(from: string, specifier: string): string | undefined
}

interface PackageFile {
  readonly imports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const FOLDERS = 'bin,bench,db,kit,modules,test,web'

/** Reads a tree of sources. Declarations without code (`*.d.ts`) are left out. */
export function readTree(root: string): Tree {
  const paths = globSync([`{${FOLDERS}}/**/*.{ts,tsx}`, '*.ts'], { cwd: root })
  const sources = paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.d.ts') && !path.includes('node_modules/'))
    .sort()
    .map((path) => readSource(root, path))
  const about = readPackage(root)
  const aliases = Object.entries(about.imports ?? {}).map(
    ([alias, to]) => [alias.replace('*', ''), to.replace('./', '').replace('*', '')] as const,
  )
  return {
    root,
    sources,
    migrations: readMigrations(root),
    packages: new Set(Object.keys({ ...about.dependencies, ...about.devDependencies })),
    depends: new Map(
      sources
        .filter(({ path }) => /^modules\/[^/]+\/module\.ts$/.test(path))
        .map((source) => [moduleOf(source.path)!, dependsIn(source)]),
    ),
    resolve(from, specifier) {
      const file = specifier.split('?')[0]!
      if (file.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), file))
      const alias = aliases.find(([prefix]) => file.startsWith(prefix))
      return alias && alias[1] + file.slice(alias[0].length)
    },
  }
}

function readPackage(root: string): PackageFile {
  const path = join(root, 'package.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as PackageFile) : {}
}

const readMigrations = (root: string): Migration[] =>
  globSync(['kit/migrations/*.sql', 'modules/*/migrations/*.sql'], { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, owner: ownerOf(path)!, text: readFileSync(join(root, path), 'utf8') }))

function dependsIn(manifest: Source): string[] {
  let names: string[] = []
  walk(manifest.program, (node) => {
    if (node.type !== 'Property' || (node['key'] as SyntaxNode)['name'] !== 'depends') return
    const list = node['value'] as SyntaxNode
    if (list.type === 'ArrayExpression') names = (list['elements'] as unknown[]).map(textOf).filter((name) => name !== undefined)
  })
  return names
}

/** All modules that stand below one: those it names, and those that these name. */
export function below(tree: Tree, module: string, seen = new Set<string>()): Set<string> {
  for (const name of tree.depends.get(module) ?? []) {
    if (seen.has(name)) continue
    seen.add(name)
    below(tree, name, seen)
  }
  return seen
}
