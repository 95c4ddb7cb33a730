import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { moduleFiles, moduleSteps } from './templates/module.ts'
import { isName, namesOf } from './templates/names.ts'
import { sliceFiles, sliceSteps } from './templates/slice.ts'

const USAGE =
  'bin/new slice <module>/<thing>   or   bin/new module <name>\nNames are lower-case words in the singular, joined by hyphens: pos/return, inventory/stock-take.'

/** Something that the person can put right by calling it another way. */
export class Refusal extends Error {}

export interface Written {
  readonly paths: readonly string[]
  /** What is left to do by hand. */
  readonly steps: readonly (readonly [where: string, what: string])[]
}

/**
 * Writes a slice or a module below `root`. Existing files are never touched.
 * @throws Refusal when the names are not usable or something is there already
 */
export function writeNew(root: string, what: string, name: string, now = new Date()): Written {
  if (what === 'module') {
    if (!isName(name)) throw new Refusal(USAGE)
    if (existsSync(join(root, 'modules', name))) throw new Refusal(`There is a module ${name} already.`)
    return write(root, moduleFiles(name), moduleSteps(name))
  }
  const [module = '', slice = '', ...rest] = name.split('/')
  if (what !== 'slice' || rest.length > 0 || !isName(module) || !isName(slice)) throw new Refusal(USAGE)
  if (!existsSync(join(root, 'modules', module, 'module.ts')))
    throw new Refusal(`There is no module ${module}. Make it first: bin/new module ${module}`)
  if (existsSync(join(root, 'modules', module, slice))) throw new Refusal(`There is a slice ${name} already.`)
  const names = namesOf(module, slice)
  return write(root, sliceFiles(names, stampFor(root, now)), sliceSteps(names))
}

function write(root: string, files: Readonly<Record<string, string>>, steps: Written['steps']): Written {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text, { flag: 'wx' })
  }
  return { paths: Object.keys(files), steps }
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
    const { paths, steps } = writeNew(root, process.argv[2] ?? '', process.argv[3] ?? '')
    // Lines get longer or shorter with the name, so the formatter has the last word.
    spawnSync(process.execPath, [join(root, 'node_modules/oxfmt/bin/oxfmt'), ...paths], { cwd: root, stdio: 'ignore' })
    const width = Math.max(...steps.map(([where]) => where.length))
    console.log(
      `Written:\n${paths.map((path) => `  ${path}`).join('\n')}\n\nLeft for you:\n${steps.map(([where, what]) => `  ${where.padEnd(width)}  ${what}`).join('\n')}`,
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
