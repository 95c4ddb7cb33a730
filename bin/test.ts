import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPostgres } from '#kit/server/postgres.ts'

/** One throw-away server for the run, a migrated template, then all test files (or those that are named). */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = process.argv.slice(2)
const files = wanted.length > 0 ? wanted : globSync('{kit,modules,test,bin,bench}/**/*.test.ts', { cwd: root }).sort()

const folder = await mkdtemp(join(tmpdir(), 'duka-test-'))
const quick = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
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
const env = { ...process.env, DUKA_TEST_PG: url, DUKA_DATA: undefined, DATABASE_URL: undefined, PORT: undefined }
const child = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--test',
    '--test-concurrency=2',
    '--test-timeout=240000',
    '--test-reporter=spec',
    ...files,
  ],
  { cwd: root, stdio: 'inherit', env },
)
child.on('exit', (code) => void finish(code ?? 1))
