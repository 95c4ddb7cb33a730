import { spawn, type ChildProcess } from 'node:child_process'
import { watch } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer, type ViteDevServer } from 'vite'

/**
 * `bin/dev`: the program with what is being written. Pages change in the browser as they are saved (Vite); the server
 * starts again when one of its files is saved. Its PostgreSQL and data stay in the same folder as with npm start.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const port = Number(process.env['PORT'] ?? 4000)
const apiPort = port + 1
const say = (sentence: string) => process.stdout.write(`  ${sentence}\n`)

let server: ChildProcess | undefined
let isStopping = false
function start(): void {
  const { DUKA_PARENT_FD: _, ...env } = process.env
  server = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'bin/start.ts'), ...process.argv.slice(2)],
    {
      stdio: 'inherit',
      env: { ...env, PORT: String(apiPort) },
    },
  )
  server.once('exit', () => {
    server = undefined
    if (!isStopping && isWaiting) restart()
  })
}

let isWaiting = false
let timer: NodeJS.Timeout | undefined
function restart(): void {
  isWaiting = false
  if (server) {
    isWaiting = true
    server.kill('SIGTERM')
  } else start()
}

const isServers = (path: string) => /\.(ts|sql)$/.test(path) && !path.endsWith('.test.ts') && !path.includes(`kit${sep}web`)
for (const folder of ['kit', 'modules', 'bin']) {
  watch(join(root, folder), { recursive: true }, (_, path) => {
    if (!path || !isServers(join(folder, path))) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      say(`${join(folder, path)} was saved; starting again…`)
      restart()
    }, 150)
  })
}

const vite: ViteDevServer = await createServer({
  configFile: join(root, 'vite.config.ts'),
  server: {
    host: '127.0.0.1',
    port,
    strictPort: true,
    proxy: Object.fromEntries(['/api', '/health', '/ready', '/metrics'].map((path) => [path, `http://127.0.0.1:${apiPort}`])),
  },
})
await vite.listen()
start()
say(`Pages with reload on save:  http://localhost:${port}   (the server behind them: ${apiPort})`)

async function stop(): Promise<void> {
  isStopping = true
  await vite.close()
  if (!server) process.exit(0)
  server.once('exit', () => process.exit(0))
  server.kill('SIGTERM')
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
