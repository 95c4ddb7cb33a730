import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError, readConfig, type Config } from '#kit/server/host/config.ts'
import { migrateQueue } from '#kit/server/door/job.ts'
import { hideInLogs, log, setLogLevel } from '#kit/server/host/log.ts'
import { migrate, readMigrations } from '#kit/server/data/migrate.ts'
import { openPostgres, StartProblem, type Postgres } from '#kit/server/host/postgres.ts'
import { expectSetupCode, isSetUp, newSetupCode } from '#modules/setup/index.ts'
import { openSecrets, sourcesOf, useSecrets } from '#kit/server/vault/secret.ts'
import { adapters } from '#kit/server/outside/adapter.ts'
import { judgeEnvironment } from '#kit/server/outside/environment.ts'
import { useEnvironment } from '#kit/server/outside/values.ts'
import { serve, type Running } from '../server.ts'

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
    if (running) goOnWith({ ...process.env, ...values })
  })
  hideInLogs(Object.values(secrets.values()))
  useSecrets(secrets)
  const config = readConfig({ ...process.env, ...secrets.values() }, argv)
  judgeEnvironment(config.environment)
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
    await simulateMessages(config.environment)
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

/** A secret that can't be used leaves the services with what they had. */
function goOnWith(environment: Config['environment']): void {
  try {
    judgeEnvironment(environment)
    useEnvironment(environment)
  } catch (error) {
    log.error({ error }, 'a secret that is new can’t be used')
  }
}

/** In a demo, mail and SMS go to their simulators, which say here what comes; unless there are real ones. */
async function simulateMessages(environment: Config['environment']): Promise<void> {
  const simulated: Record<string, string> = {}
  for (const one of adapters().filter(({ group }) => group === 'messages')) {
    if (Object.keys(one.environment).some((variable) => environment[variable])) continue
    const { simulate } = await one.simulator()
    const simulator = await simulate({ heard: (line) => line.split('\n').forEach(say) })
    Object.assign(simulated, simulator.environment)
  }
  useEnvironment({ ...environment, ...simulated })
}

start().catch(async (error: unknown) => {
  if (error instanceof StartProblem || error instanceof ConfigError) process.stderr.write(`\n  ${error.message}\n\n`)
  else
    process.stderr.write(
      `\n  Duka could not start.\n  ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\n`,
    )
  await stop(error instanceof ConfigError ? 2 : 1)
})
