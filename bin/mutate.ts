import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mutations } from './mutations.ts'

/**
 * `bin/mutate [requirement…]`: takes one protection after the other out of a copy of the program, and runs the test that
 * must notice. A protection whose test stays green is named, and the exit code is 1.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = process.argv.slice(2)
const chosen = mutations.filter((one) => wanted.length === 0 || wanted.includes(one.requirement))
const copy = mkdtempSync(join(tmpdir(), 'duka-mutate-'))
const left = new Set(['node_modules', '.git', 'data', 'test-output', 'bench-output'])
cpSync(root, copy, {
  recursive: true,
  preserveTimestamps: true,
  filter: (from) => dirname(from) !== root || !left.has(basename(from)),
})
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

let unseen = 0
try {
  for (const { requirement, what, file, from, to, test } of chosen) {
    const path = join(copy, file)
    const before = readFileSync(path, 'utf8')
    if (!before.includes(from)) throw new Error(`${file} does not hold what “${what}” takes out`)
    writeFileSync(path, before.replaceAll(from, to))
    const { status, stdout } = spawnSync(process.execPath, ['bin/launch.mjs', 'test', test], { cwd: copy, encoding: 'utf8' })
    writeFileSync(path, before)
    const [, failed] = /^✖ (.*) \(/m.exec(stdout) ?? []
    const isSeen = status !== 0 && failed !== undefined
    if (!isSeen) unseen += 1
    console.log(
      `${isSeen ? 'seen    ' : 'NOT SEEN'} ${requirement.padEnd(7)} ${what}${failed ? `\n           by: ${failed}` : ''}`,
    )
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`${chosen.length - unseen} of ${chosen.length} seen`)
process.exit(unseen === 0 ? 0 : 1)
