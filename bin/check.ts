import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkImports } from './checks/imports.ts'
import { readTree, show, type Tree } from './checks/tree.ts'
import { checkWords } from './checks/words.ts'

/**
 * Everything that can be proved without opening the suite, in about half a minute. `--fix` first formats and repairs
 * what the linter can repair.
 */
interface Outcome {
  readonly ok: boolean
  readonly output: string
}
interface Step {
  readonly name: string
  run(): Promise<Outcome>
}

const root = dirname(import.meta.dirname)
const CONFORMANCE = ['test/conformance.test.ts', 'test/conformance/*.test.ts']
const SLOTS = 2
// What the compiler knew last time: 2 s instead of 8 when little has changed.
const REMEMBERED = join(root, 'node_modules/.cache/duka.tsbuildinfo')

function node(...args: string[]): Promise<Outcome> {
  // Without the launcher's pipe: a child that shared it would keep it open.
  const { DUKA_PARENT_FD: _, ...env } = process.env
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...env, FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}
const tool = (path: string, ...args: string[]) => node(join(root, 'node_modules', path), ...args)
const format = (...args: string[]) => tool('oxfmt/bin/oxfmt', ...args, '.')
const lint = (...args: string[]) => tool('oxlint/bin/oxlint', '--deny-warnings', ...args)

let tree: Tree | undefined
const theTree = () => (tree ??= readTree(root))

function imports(): Outcome {
  const { violations, warnings } = checkImports(theTree())
  return {
    ok: violations.length === 0,
    output: [...warnings.map((one) => `warning: ${show(one)}`), ...violations.map(show)].join('\n'),
  }
}
function words(): Outcome {
  const violations = checkWords(theTree())
  return { ok: violations.length === 0, output: violations.map(show).join('\n') }
}

// The longest first, so that two of them fill both cores; the short ones go into the gaps.
const steps: Step[] = [
  { name: 'types', run: () => tool('typescript/bin/tsc', '-p', '.', '--incremental', '--tsBuildInfoFile', REMEMBERED) },
  { name: 'conformance', run: () => node(join(root, 'bin/test.ts'), ...globSync(CONFORMANCE, { cwd: root })) },
  { name: 'lint', run: () => lint() },
  { name: 'format', run: () => format('--list-different') },
  { name: 'imports', run: async () => imports() },
  { name: 'words', run: async () => words() },
]

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

async function runStep({ name, run }: Step): Promise<boolean> {
  const start = performance.now()
  const { ok, output } = await run().catch((error: unknown) => ({
    ok: false,
    output: error instanceof Error ? error.message : String(error),
  }))
  console.log(`${ok ? '✓' : '✗'} ${name.padEnd(12)} ${seconds(start).padStart(7)}`)
  if (!ok || output.startsWith('warning: ')) console.log(`\n${output.trimEnd()}\n`)
  return ok
}

async function checkAll(): Promise<boolean> {
  const waiting = [...steps]
  const outcomes: boolean[] = []
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) outcomes.push(await runStep(step))
  }
  await Promise.all(Array.from({ length: SLOTS }, work))
  return outcomes.every(Boolean)
}

const start = performance.now()
if (process.argv.includes('--fix')) {
  await lint('--fix')
  await format()
}
const ok = await checkAll()
console.log(`${ok ? 'All in order' : 'Not in order'}, ${seconds(start)}.`)
process.exitCode = ok ? 0 : 1
