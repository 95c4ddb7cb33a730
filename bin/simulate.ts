import { parseArgs } from 'node:util'
import { adapterNamed, adapters } from '#kit/server/outside/adapter.ts'
// The modules bring the services of others that there are.
import '../server.ts'

/**
 * `bin/simulate mail [--port N]`: a service of others on this machine, which sends nothing on. It prints what points Duka to it, and
 * then everything that comes. `bin/simulate` alone says which there are.
 */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { port: { type: 'string' } },
  allowPositionals: true,
})
const say = (line = '') => console.log(line === '' ? '' : `  ${line}`)
const [name] = positionals
const found = name === undefined ? undefined : adapterNamed(name)

if (!found) {
  say(
    `Simulators: ${adapters()
      .map((one) => one.name)
      .join(', ')}. Start one with: bin/simulate mail`,
  )
  process.exit(name === undefined ? 0 : 2)
}
const port = Number(values.port ?? 0)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  say('--port must lie between 0 and 65535')
  process.exit(2)
}
const { simulate } = await found.simulator()
const { environment, typed, stop } = await simulate({ port, heard: (line) => line.split('\n').forEach((one) => say(one)) })
const { serverWords } = await import('#kit/server/host/words.ts')
const words = serverWords()['en']!

say()
say('Start Duka with')
for (const [variable, value] of Object.entries(environment)) say(`  ${variable}='${value}'`)
say()
say(`or type this on the page “${words['page.connections']}”, ${words[`adapter.${found.name}.title`]}:`)
for (const [field, value] of Object.entries(typed)) {
  const label = words[`adapter.${found.name}.${field}`] ?? field
  say(`  ${label}: ${words[`adapter.${found.name}.${field}.${value}`] ?? value}`)
}
say()
say('What comes stands below. Ctrl+C ends it.')
say()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop().then(() => process.exit(0)))
