import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPostgres } from '#kit/server/host/postgres.ts'

/**
 * One throw-away server for the run, a migrated template, then all test files, or those that are named, or with `--affected[=commit]`
 * those that what differs from a commit may turn red. `--test-shard=1/4` runs a part of them.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = process.argv.slice(2).filter((one) => !one.startsWith('-'))
const options = process.argv.slice(2).filter((one) => one.startsWith('-'))
const isAffected = (one: string) => one.startsWith('--affected')
const flags = options.filter((one) => !isAffected(one))
const files = wanted.length > 0 ? wanted : await chosen(options.find(isAffected))

async function chosen(affected: string | undefined): Promise<string[]> {
  const all = globSync('{kit,modules,test,bin,bench}/**/*.test.ts', { cwd: root }).sort()
  if (!affected) return all
  const [{ affectedBy, changedSince }, { readTree }] = await Promise.all([import('./affected.ts'), import('./checks/tree.ts')])
  const found = new Set(affectedBy(readTree(root), changedSince(root, affected.split('=')[1] ?? 'HEAD')))
  console.log(`${found.size} of ${all.length} test files may be affected.`)
  return all.filter((path) => found.has(path))
}

/**
 * Each file works in a database of its own, and a database is a thousand files: in memory, where there is some, that takes a
 * tenth of what it takes on a disk.
 */
async function quickPlace(): Promise<string> {
  const memory = '/dev/shm'
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }))
  return Math.min(bavail * bsize, process.availableMemory()) > 4e9 ? memory : tmpdir()
}

if (files.length === 0) process.exit(0)

const folder = await mkdtemp(join(await quickPlace(), 'duka-test-'))
const quick = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
  max_wal_size: '256MB',
}
const postgres = await openPostgres({ dataDir: folder, say: () => undefined, settings: quick })
const finish = async (code: number) => {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
  process.exit(code)
}
process.on('SIGINT', () => void finish(130))
process.on('SIGTERM', () => void finish(143))

const url = postgres.url.replace('/duka?', '/postgres?')
const { prepareTemplate } = await import('#test/template.ts')
await prepareTemplate(url)
const env: NodeJS.ProcessEnv = {
  ...process.env,
  DUKA_TEST_PG: url,
  DUKA_DATA: undefined,
  DATABASE_URL: undefined,
  PORT: undefined,
  // Each file is a program of its own, and all of them load the same thousand sources: a third of what that costs.
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'),
}
// A company that most files begin with is set up once; for a few files that would cost more than it saves.
if (files.length > 3) {
  process.env['DUKA_TEST_PG'] = url
  const { prepareCompany } = await import('#test/harness.ts')
  env.DUKA_TEST_COMPANY = await prepareCompany(url)
}
const child = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--test',
    // A file waits for its browser and its database now and then: one more than there are cores keeps all of them busy.
    `--test-concurrency=${Math.min(availableParallelism() + 1, 5)}`,
    '--test-timeout=600000',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./bin/slowest.mjs',
    '--test-reporter-destination=stdout',
    ...flags,
    ...files,
  ],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env },
)
const [code] = (await once(child, 'close')) as [number | null]
await finish(code ?? 1)
