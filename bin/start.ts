import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError, readConfig } from '#kit/server/config.ts'
import { migrateQueue } from '#kit/server/job.ts'
import { hideInLogs, log, setLogLevel } from '#kit/server/log.ts'
import { migrate, readMigrations } from '#kit/server/migrate.ts'
import { openPostgres, StartProblem, type Postgres } from '#kit/server/postgres.ts'
import { expectSetupCode, isSetUp, newSetupCode } from '#modules/setup/index.ts'
import { openSecrets, sourcesOf, useSecrets } from '#kit/server/secret.ts'
import { serve, useOthers, type Running } from '../server.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// Whoever read what we print may have gone (`npm start | head`); a shop goes on selling.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
const say = (sentence: string) => process.stdout.write(`  ${sentence}\n`)

let postgres: Postgres | undefined
let running: Running | undefined
let stopping: Promise<void> | undefined

/** Running requests end, then the worker, then PostgreSQL; a second signal does not start it again. */
function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    const late = setTimeout(() => process.exit(code || 1), 9_000).unref()
    await running?.stop().catch((error: unknown) => log.error({ error }, 'stopping'))
    await postgres?.stop().catch((error: unknown) => log.error({ error }, 'stopping PostgreSQL'))
    clearTimeout(late)
    process.exit(code)
  })()
  return stopping
}

async function start(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const argv = process.argv.slice(2)
  const secrets = await openSecrets(sourcesOf(process.env), (values) => {
    hideInLogs(Object.values(values))
    // Mail, SMS and the like go on with the new ones at once; the database and the master key with the next start.
    if (running) useOthers(readConfig({ ...process.env, ...values }, argv))
  })
  hideInLogs(Object.values(secrets.values()))
  useSecrets(secrets)
  const config = readConfig({ ...process.env, ...secrets.values() }, argv)
  setLogLevel(config.logLevel)
  process.on('SIGTERM', () => void stop(0))
  process.on('SIGINT', () => void stop(0))
  process.on('SIGHUP', () => void stop(0))
  // The launcher's end of this pipe closes when it dies, even by kill -9.
  if (process.env['DUKA_PARENT_FD'])
    new Socket({ fd: Number(process.env['DUKA_PARENT_FD']) })
      .on('close', () => void stop(0))
      .resume()
      .unref()
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 }).catch(() => undefined)
  postgres = await openPostgres({ ...config, say })
  await migrateQueue(postgres.url)
  const applied = await migrate(postgres.url, await readMigrations(root))
  if (applied.length > 0) say(`Database brought up to date: ${applied.length} migration${applied.length === 1 ? '' : 's'}.`)
  running = await serve(config, postgres, root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new StartProblem(`Port ${config.port} is taken. Choose another one: PORT=${config.port + 1} npm start`)
    if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL')
      throw new StartProblem(`Cannot listen on ${config.host}:${config.port} (${error.code}). Change HOST or PORT.`)
    throw error
  })
  const bound = running.app.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : config.port
  const address = `http://${config.host === '127.0.0.1' || config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`
  if (config.demo) {
    const { fillDemo } = await import('./demo.ts')
    await fillDemo(running.database, say)
  }
  say('')
  say(`Duka is ready:  ${address}`)
  flushCompileCache()
  if (!(await isSetUp(running.database))) {
    const code = newSetupCode()
    expectSetupCode(running.database, code)
    say(`Set-up code:    ${code}   (asked for once, in the browser)`)
  }
  say('')
}

start().catch(async (error: unknown) => {
  if (error instanceof StartProblem || error instanceof ConfigError) process.stderr.write(`\n  ${error.message}\n\n`)
  else
    process.stderr.write(
      `\n  Duka could not start.\n  ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\n`,
    )
  await stop(error instanceof ConfigError ? 2 : 1)
})
