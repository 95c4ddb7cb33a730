import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { lockFolder } from './folder-lock.ts'

const file = fileURLToPath(new URL('./folder-lock.ts', import.meta.url))
// Says whether it got the lock, and holds it until it is told to go.
const HOLD = `import { lockFolder } from ${JSON.stringify(file)}
process.stdin.once('data', async () => {
  const held = await lockFolder(process.argv[1]).then((letGo) => letGo, () => undefined)
  process.stdout.write(held ? 'held' : 'none')
  process.stdin.once('data', async () => { await held?.(); process.exit() })
})
process.stdout.write('ready')`

async function aProcess(folder: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLD, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    async lock(): Promise<boolean> {
      child.stdin.write('go')
      const [said] = (await once(child.stdout, 'data')) as [Buffer]
      return String(said) === 'held'
    },
    async end() {
      child.stdin.write('end')
      await once(child, 'exit')
    },
  }
}

test('[A19] of many that begin at once one holds the folder, also where a killed one left its lock or half of it', async () => {
  for (const left of [undefined, '', '{"pid":', JSON.stringify({ pid: 2 ** 22 + 1, born: '1' })]) {
    const folder = await mkdtemp(join(tmpdir(), 'duka-lock-'))
    if (left !== undefined) await writeFile(join(folder, 'duka.lock'), left)
    const all = await Promise.all(Array.from({ length: 6 }, () => aProcess(folder)))
    const held = await Promise.all(all.map((one) => one.lock()))
    assert.equal(held.filter(Boolean).length, 1, `${left}: ${held.join()}`)
    await Promise.all(all.map((one) => one.end()))
    assert.deepEqual(await readdir(folder), [], 'nothing is left behind')
    const letGo = await lockFolder(folder)
    await assert.rejects(lockFolder(folder), /in use by another Duka/)
    await letGo()
    await rm(folder, { recursive: true })
  }
})
