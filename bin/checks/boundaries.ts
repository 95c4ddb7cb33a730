import { dirname } from 'node:path/posix'
import { isTest, kindOf, layerOf, moduleOf, type Kind } from './kinds.ts'
import type { Import, Source } from './source.ts'
import { below, type Tree, type Violation } from './tree.ts'

type Finding = Pick<Violation, 'rule' | 'remedy'> | undefined

/** Which kind may load which; tests may load anything. */
const allowed: Readonly<Record<Exclude<Kind, 'test'>, readonly Kind[]>> = {
  pure: ['pure'],
  server: ['pure', 'server'],
  web: ['pure', 'web'],
  types: ['types'],
}
const roots = ['kit', 'modules', 'web', 'bin', 'bench', 'db', 'test']

/** Who may import whom: the kinds of files, the borders of modules, the layers inside a slice. */
export function checkBoundaries(tree: Tree): Violation[] {
  const found = tree.sources
    .filter(({ path }) => !isTest(path))
    .flatMap((source) => source.imports.flatMap((one) => checkImport(tree, source, one)))
  return [...found, ...checkDepends(tree)]
}

function checkImport(tree: Tree, source: Source, one: Import): Violation[] {
  const place = { path: source.path, line: one.line }
  const to = tree.resolve(source.path, one.specifier)
  if (to === undefined) return asList(checkPackage(tree, source.path, one)).map((finding) => ({ ...place, ...finding }))
  if (to.endsWith('.css') && kindOf(source.path) !== 'web')
    return [{ ...place, rule: `a ${kindOf(source.path)} file loads ${to}`, remedy: 'only web files have a style' }]
  if (!/\.tsx?$/.test(to)) return []
  // The first reason says enough: one import, one line.
  const finding =
    checkKind(source.path, to, one) ??
    checkBare(to, one) ??
    checkKit(source.path, to) ??
    checkModule(tree, source.path, to, one) ??
    checkLayer(source.path, to)
  return asList(finding).map((what) => ({ ...place, ...what }))
}

const asList = (finding: Finding) => (finding ? [finding] : [])

function checkPackage({ packages }: Tree, from: string, { specifier, typeOnly }: Import): Finding {
  if (specifier.startsWith('virtual:')) return undefined
  const isRuntime = specifier.startsWith('node:')
  const kind = kindOf(from)
  if (isRuntime && !typeOnly && (kind === 'pure' || kind === 'web'))
    return {
      rule: `a ${kind} file loads ${specifier}, which browsers do not have`,
      remedy: 'move what needs it to a server file',
    }
  if (isRuntime) return undefined
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  return packages.has(name)
    ? undefined
    : {
        rule: `the package ${name} is not in package.json`,
        remedy: 'add it there with an exact version, or write node: before a part of Node',
      }
}

/** Routes stand in a file of their own, or beside the generated verbs; their types are what a page knows of the server. */
const tellsRoutes = (path: string): boolean => /\.(?:routes|crud)\.ts$/.test(path)

function checkKind(from: string, to: string, { typeOnly }: Import): Finding {
  const [kind, target] = [kindOf(from) as Exclude<Kind, 'test'>, kindOf(to)]
  if (allowed[kind].includes(target)) return undefined
  // Branded numbers of the columns are the kit's.
  if (kind === 'types' && typeOnly && to.startsWith('kit/')) return undefined
  if (target === 'test') return { rule: `loads ${to}, which is for tests`, remedy: 'move what is shared out of the test' }
  if (target === 'types')
    return kind === 'server' && typeOnly
      ? undefined
      : { rule: `loads ${to}`, remedy: 'the shape of the tables is types only, for server files: import type' }
  if (kind === 'web' && tellsRoutes(to))
    return typeOnly ? undefined : { rule: `a web file loads ${to} at run time`, remedy: 'write import type' }
  const remedies: Record<Exclude<Kind, 'test'>, string> = {
    pure: 'move what both need to a pure file, or hand it in as an argument',
    server: 'the server has no screen: move what both need to a pure file',
    web: 'call it over HTTP; from a .routes.ts or .crud.ts file, types may be imported',
    types: 'it is generated and imports nothing',
  }
  return { rule: `a ${kind} file imports the ${target} file ${to}`, remedy: remedies[kind] }
}

/** What a file declares is mounted by the manifest that lists it, never by who happens to load the file. */
const checkBare = (to: string, { bare }: Import): Finding =>
  bare && to !== 'server.ts'
    ? { rule: `loads ${to} for what it does`, remedy: 'export what it declares by a name, and list that in module.ts' }
    : undefined

function checkKit(from: string, to: string): Finding {
  if (!from.startsWith('kit/') || to.startsWith('kit/')) return undefined
  const isOutside = roots.includes(to.split('/')[0]!) || !to.includes('/')
  if (!isOutside || to.startsWith('db/')) return undefined
  return {
    rule: `the kit imports ${to}`,
    remedy: 'the kit knows nothing above it: take it as an argument, or let modules bring parts of it (kit/part.ts)',
  }
}

function checkModule(tree: Tree, from: string, to: string, { typeOnly }: Import): Finding {
  const [module, other] = [moduleOf(from), moduleOf(to)]
  if (other === undefined) {
    if (module === undefined || /^(?:kit|db)\//.test(to)) return undefined
    return { rule: `a module imports ${to}`, remedy: 'modules stand on the kit and on modules below' }
  }
  if (other === module) return undefined
  const [kind, target] = [kindOf(from), kindOf(to)]
  const isOpen =
    target === 'pure' ||
    to === `modules/${other}/index.ts` ||
    (kind === 'web' && (to === `modules/${other}/parts.tsx` || (typeOnly && tellsRoutes(to))))
  if (module === undefined) {
    // What composes the program mounts manifests and pages.
    if (isOpen || to === `modules/${other}/module.ts` || (kind === 'web' && target === 'web')) return undefined
    return { rule: `reaches into ${other}: ${to}`, remedy: `import modules/${other}/index.ts, its manifest or a pure file` }
  }
  const isBelow = kind === 'web' ? below(tree, module).has(other) : (tree.depends.get(module) ?? []).includes(other)
  if (!isBelow)
    return {
      rule: `${module} imports ${to}, but ${other} is not in its depends`,
      remedy: `name it in modules/${module}/module.ts if it stands below, else announce an event that ${other} hears`,
    }
  return isOpen
    ? undefined
    : {
        rule: `${module} reaches into ${other}: ${to}`,
        remedy: `import modules/${other}/${kind === 'web' ? 'parts.tsx' : 'index.ts'} or a pure file of it`,
      }
}

function checkLayer(from: string, to: string): Finding {
  const [high, low] = [layerOf(to), layerOf(from)]
  if (high === undefined || low === undefined || dirname(from) !== dirname(to) || high <= low) return undefined
  return {
    rule: `imports upward in its slice: ${to}`,
    remedy: 'routes and jobs call commands and queries, those the store and rules, those the definition',
  }
}

/** `depends` names modules that exist, and following it never leads back. */
function checkDepends(tree: Tree): Violation[] {
  const found: Violation[] = []
  for (const [module, names] of tree.depends) {
    const place = { path: `modules/${module}/module.ts`, line: 1 }
    for (const name of names)
      if (!tree.depends.has(name))
        found.push({ ...place, rule: `depends on ${name}, which is no module`, remedy: 'correct the name' })
    if (below(tree, module).has(module))
      found.push({
        ...place,
        rule: `${module} depends on itself: ${circle(tree, module).join(' → ')}`,
        remedy: 'the lower one announces an event instead of calling up',
      })
  }
  return found
}

function circle(tree: Tree, start: string, path: readonly string[] = [start]): string[] {
  for (const name of tree.depends.get(path.at(-1)!) ?? []) {
    if (name === start) return [...path, name]
    if (path.includes(name)) continue
    const found = circle(tree, start, [...path, name])
    if (found.length > 0) return found
  }
  return []
}
