import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { languageNames } from './checks/languages.ts'
import type { Change } from './templates/change.ts'
import { documentFiles, documentThing } from './templates/document.ts'
import { entityFiles, entityThing } from './templates/entity.ts'
import { moduleChanges, moduleFiles, moduleSteps, translations } from './templates/module.ts'
import { isModuleName, isName, namesOf } from './templates/names.ts'
import { sliceFiles, sliceThing } from './templates/slice.ts'
import { thingChanges } from './templates/thing.ts'

const USAGE = `bin/new entity <module>/<thing>   a plain thing: list, form, import, export
bin/new slice <module>/<thing>    a thing with a life: the same, and steps that lead from state to state
bin/new document <module>/<thing> a head with lines, a number and a life: an order, a delivery
bin/new module <name>
Names are lower-case words in the singular, joined by hyphens (pos/booking, inventory/stock-take); a module is one word.`

const KINDS = {
  entity: { files: entityFiles, thing: entityThing },
  slice: { files: sliceFiles, thing: sliceThing },
  document: { files: documentFiles, thing: documentThing },
}

/** Something that the person can put right by calling it another way. */
export class Refusal extends Error {}

export interface Written {
  /** Files that are new, and those that were there and have it in them now. */
  readonly paths: readonly string[]
  readonly changed: readonly string[]
  /** What is left to do by hand. */
  readonly steps: readonly (readonly [where: string, what: string])[]
}

/**
 * Writes an entity, a slice or a module below `root` and puts it into the program: its routes, permissions, pages and
 * words. Files that are there already are added to, never overwritten.
 * @throws Refusal when the names are not usable or something is there already
 */
export function writeNew(root: string, what: string, name: string, now = new Date()): Written {
  const languages = languageNames(root)
  if (what === 'module') {
    if (!isModuleName(name)) throw new Refusal(USAGE)
    if (existsSync(join(root, 'modules', name))) throw new Refusal(`There is a module ${name} already.`)
    return write(root, moduleFiles(name, languages), moduleChanges(name), moduleSteps(name, languages))
  }
  const [module = '', slice = '', ...rest] = name.split('/')
  if (!(what in KINDS) || rest.length > 0 || !isModuleName(module) || !isName(slice)) throw new Refusal(USAGE)
  if (!existsSync(join(root, 'modules', module, 'module.ts')))
    throw new Refusal(`There is no module ${module}. Make it first: bin/new module ${module}`)
  if (existsSync(join(root, 'modules', module, slice))) throw new Refusal(`There is a slice ${name} already.`)
  const names = namesOf(module, slice)
  const stamp = stampFor(root, now)
  const { files: filesOf, thing: thingOf } = KINDS[what as keyof typeof KINDS]
  const [files, thing] = [filesOf(names, stamp), thingOf(names)]
  return write(root, files, thingChanges(names, thing, languages), [
    [`modules/${module}/${slice}/${slice}.ts`, 'its fields, together with the columns of the migration'],
    [`modules/${module}/${module}.access.ts`, 'which roles hold the new permissions; the owner holds all'],
    ...translations(module, languages),
    ['bin/migrate', 'makes the table and writes db/schema.sql and db/tables.ts'],
    ['bin/check', 'proves that all of it is of one piece'],
  ])
}

function write(
  root: string,
  files: Readonly<Record<string, string>>,
  changes: readonly Change[],
  steps: Written['steps'],
): Written {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text, { flag: 'wx' })
  }
  const made = changes.map((change) => ({ ...change, isMade: apply(root, change) }))
  return {
    paths: Object.keys(files),
    changed: made.filter(({ isMade }) => isMade).map(({ path }) => path),
    steps: [...made.filter(({ isMade }) => !isMade).map(({ path, otherwise }) => [path, otherwise] as const), ...steps],
  }
}

/** Changes a file whole or not at all. @returns whether it has now what it should */
function apply(root: string, { path, edits }: Change): boolean {
  const at = join(root, path)
  if (!existsSync(at)) return false
  let text: string | undefined = readFileSync(at, 'utf8')
  for (const edit of edits) text = text === undefined ? undefined : edit(text)
  if (text === undefined) return false
  writeFileSync(at, text)
  return true
}

/** `20261121T0930`: now, but always after the migrations that are there, because they run in the order of their names. */
function stampFor(root: string, now: Date): string {
  const modules = readdirSync(join(root, 'modules')).map((module) => join(root, 'modules', module, 'migrations'))
  const names = [...modules, join(root, 'kit/migrations')]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder))
  const last = names
    .map((name) => /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)_/.exec(name))
    .flatMap((found) => (found ? [Date.UTC(+found[1]!, +found[2]! - 1, +found[3]!, +found[4]!, +found[5]!)] : []))
  const at = new Date(Math.max(now.getTime(), ...last.map((time) => time + 60_000)))
  return at.toISOString().slice(0, 16).replace(/[-:]/g, '')
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname)
  try {
    const { paths, changed, steps } = writeNew(root, process.argv[2] ?? '', process.argv[3] ?? '')
    // Lines get longer or shorter with the name, so the formatter has the last word.
    const written = [...paths, ...changed]
    spawnSync(process.execPath, [join(root, 'node_modules/oxfmt/bin/oxfmt'), ...written], { cwd: root, stdio: 'ignore' })
    const width = Math.max(...steps.map(([where]) => where.length))
    const list = (all: readonly string[]) => all.map((path) => `  ${path}`).join('\n')
    console.log(
      `Written:\n${list(paths)}\n\nAdded to:\n${list(changed)}\n\nLeft for you:\n${steps.map(([where, what]) => `  ${where.padEnd(width)}  ${what}`).join('\n')}`,
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
