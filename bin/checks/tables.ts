import { isTest, kindOf, moduleOf, ownerOf } from './kinds.ts'
import { namedInSource, namedInSql } from './sql.ts'
import { below, type Migration, type Tree, type Violation } from './tree.ts'

interface Owned {
  readonly owner: string
  readonly isView: boolean
}

/** Rule (e): only the owner's folder names a table in SQL. Views are how an owner lets others read. */
export function checkTables(tree: Tree): Violation[] {
  const owned = readOwners(tree.migrations)
  const found: Violation[] = []
  for (const source of tree.sources) {
    if (kindOf(source.path) !== 'server' || isTest(source.path)) continue
    for (const { name, at } of namedInSource(source)) {
      const thing = owned.get(name)
      if (thing && !mayName(tree, source.path, thing))
        found.push({ path: source.path, line: source.lineOf(at), ...refusal(source.path, name, thing) })
    }
  }
  return [
    ...found,
    ...tree.migrations.flatMap((migration) => checkMigration(tree, migration, ownersAt(tree.migrations, migration))),
  ]
}

/** What a migration may name is judged by who owned it then: a table that was handed on was its first owner's to change. */
const ownersAt = (all: readonly Migration[], { path }: Migration): Map<string, Owned> => {
  const name = (one: string) => one.slice(one.lastIndexOf('/') + 1)
  const taken = [...readOwners(all.filter((one) => name(one.path) <= name(path)))]
  return new Map([...readOwners(all), ...taken])
}

const CREATES =
  /\bcreate\s+(?:or\s+replace\s+)?(?:unlogged\s+)?(table|(?:materialized\s+)?view)\s+(?:if\s+not\s+exists\s+)?"?([a-z_]\w*)"?/gi

/** A module that is cut hands tables on: `-- takes access_approval from access`. */
const TAKES = /^-- takes (\w+) from \w+/gm

function readOwners(migrations: readonly Migration[]): Map<string, Owned> {
  const owned = new Map<string, Owned>()
  for (const { owner, text } of migrations) {
    for (const [, what, name] of text.matchAll(CREATES))
      owned.set(name!.toLowerCase(), { owner, isView: what!.toLowerCase() !== 'table' })
  }
  for (const { owner, text } of migrations)
    for (const [, name] of text.matchAll(TAKES)) owned.set(name!, { owner, isView: false })
  return owned
}

/** A module may read the views of those that it names in `depends`; what composes the program may read any. */
function mayName(tree: Tree, path: string, { owner, isView }: Owned): boolean {
  const area = ownerOf(path)
  if (area === owner) return true
  if (!isView) return false
  const module = moduleOf(path)
  return owner === 'kit' || (module ? (tree.depends.get(module) ?? []).includes(owner) : area === undefined)
}

function refusal(path: string, name: string, { owner, isView }: Owned): Pick<Violation, 'rule' | 'remedy'> {
  const module = moduleOf(path)
  if (isView)
    return {
      rule: `reads the view ${name} of ${owner}`,
      remedy: module
        ? `name ${owner} in depends of modules/${module}/module.ts`
        : `the kit knows no module: let ${owner} hand it in`,
    }
  const from =
    owner === 'kit' ? 'a function of kit/server' : `a function of modules/${owner}/index.ts or a view that ${owner} publishes`
  return { rule: `names the table ${name} of ${owner}`, remedy: `use ${from}` }
}

/** A foreign key may point down. All else in a migration keeps to the same rule as code. */
function checkMigration(tree: Tree, { path, owner, text }: Migration, owned: ReadonlyMap<string, Owned>): Violation[] {
  const lineOf = (at: number) => text.slice(0, at).split('\n').length
  const lower = below(tree, owner)
  return namedInSql(text).flatMap(({ name, at }) => {
    const thing = owned.get(name)
    if (!thing || thing.owner === owner || mayName(tree, path, thing)) return []
    const isKey = /^references\b/i.test(text.slice(at))
    if (isKey && (thing.owner === 'kit' || lower.has(thing.owner))) return []
    if (!isKey) return [{ path, line: lineOf(at), ...refusal(path, name, thing) }]
    return [
      {
        path,
        line: lineOf(at),
        rule: `points at ${name} of ${thing.owner}, which does not stand below ${owner}`,
        remedy: `name ${thing.owner} in depends, or turn the reference round`,
      },
    ]
  })
}
