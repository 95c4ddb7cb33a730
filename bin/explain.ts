import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { declaredAccess } from '#kit/access.ts'
import { declaredEntities, valuesOf, type Entity, type Field } from '#kit/entity.ts'
import { declaredEvents } from '#kit/event.ts'
import { declaredLives, PROGRAM, type Machine } from '#kit/machine.ts'
import { declaredProblems } from '#kit/problem.ts'
import { subscribersOf } from '#kit/server/door/job.ts'
import { modules } from '../server.ts'

/** `bin/explain [pos | pos.sale]`: what a module or a thing consists of, read from what is declared. */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [wanted] = process.argv.slice(2)
const entities = [...declaredEntities.values()]
const say = (line = '') => console.log(line)
const heading = (text: string) => say(`\n${text}`)
const columns = (rows: readonly (readonly string[])[]) => {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]!.length))) ?? []
  for (const row of rows) say(`  ${row.map((cell, at) => cell.padEnd(widths[at]!)).join('  ')}`.trimEnd())
}

function fieldRow([name, field]: [string, Field]): string[] {
  const facts = [
    field.optional && 'may be empty',
    field.readonly && 'set by commands only',
    field.seenBy && `seen by ${field.seenBy}`,
    field.setBy && `set by ${field.setBy}`,
    field.fixed && 'given once',
    field.fixedIn && `fixed while it is ${field.fixedIn.join(' or ')}`,
    field.neededIn && `needed to be ${field.neededIn.join(' or ')}`,
    field.to && `→ ${field.to}`,
    valuesOf(field).join(' | '),
  ]
  return [name, field.kind, facts.filter(Boolean).join(', ')]
}

/** A life as a drawing: one line for each step. */
function drawLife(life: Machine): void {
  heading(`Life, beginning with ${life.start}`)
  columns(
    Object.entries(life.steps).map(([verb, step]) => [
      step.from.join(', '),
      `── ${verb} ──▶`,
      step.to,
      step.can === PROGRAM ? 'by the program itself' : `needs ${step.can}`,
    ]),
  )
}

const routesBelow = (path: string) =>
  modules.flatMap((module) =>
    module.routes.flatMap((group) =>
      Object.entries(group)
        .filter(([route]) => route.split(' ')[1] === path || route.split(' ')[1]!.startsWith(`${path}/`))
        .map(([route, endpoint]) => [route, endpoint.spec.name, `needs ${endpoint.spec.can}`]),
    ),
  )

function filesNaming(pattern: string, word: string): string[] {
  return globSync(pattern, { cwd: root })
    .filter((path) => readFileSync(join(root, path), 'utf8').includes(word))
    .sort()
}

function explainEntity(entity: Entity): void {
  const [module = ''] = entity.name.split('.')
  say(`${entity.name}: table ${entity.table}, at ${entity.path}`)
  const definition = globSync(`modules/${module}/**/*.ts`, { cwd: root }).find((path) =>
    readFileSync(join(root, path), 'utf8').includes(`entity('${entity.table}'`),
  )
  if (definition) say(`declared in ${definition}`)
  heading('Fields')
  columns(Object.entries(entity.fields).map(fieldRow))
  heading('Permissions')
  columns(Object.entries(entity.can).map(([act, permission]) => [act, permission, `held by ${holdersOf(permission)}`]))
  if (entity.scope)
    say(
      `  rows by ${Object.entries(entity.scope)
        .map(([kind, field]) => `${kind} (${field})`)
        .join(', ')}`,
    )
  if (entity.life) drawLife(entity.life)
  if (entity.changeableIn) say(`  its fields may be changed while it is ${entity.changeableIn.join(' or ')}`)
  heading('Routes')
  columns(routesBelow(entity.path))
  const events = [...declaredEvents.values()].filter((event) => event.name.startsWith(`${entity.name}.`))
  if (events.length > 0) {
    heading('Events')
    columns(
      events.map((event) => [
        event.name,
        `heard by ${event.seenBy}`,
        subscribersOf(event.name)
          .map((job) => job.name)
          .join(', ') || 'no job',
      ]),
    )
  }
  const problems = [...declaredProblems].filter(([code]) => code.startsWith(`${entity.name}.`))
  if (problems.length > 0) {
    heading('Problems')
    columns(problems.map(([code, { status, say: sentence }]) => [code, String(status), sentence]))
  }
  heading('Pages')
  const maps = globSync(['web/pages.tsx', 'modules/*/{pages,bare}.tsx'], { cwd: root })
  for (const line of maps.flatMap((path) => readFileSync(join(root, path), 'utf8').split('\n')))
    if (
      line.includes(`'${entity.path}`) ||
      line.includes(`entityPages(${entity.name.split('.').at(-1)},`) ||
      line.includes(`entityPages(${entity.name.split('.').at(-1)})`)
    )
      say(`  ${line.trim()}`)
  heading('Tests')
  for (const path of new Set([
    ...filesNaming('{modules,test}/**/*.test.ts', entity.path),
    ...filesNaming('modules/**/*.test.ts', entity.table),
  ]))
    say(`  ${path}`)
}

const holdersOf = (permission: string): string => {
  const roles = declaredAccess().flatMap((area) =>
    Object.entries(area.roles)
      .filter(([, held]) => (held as readonly string[]).includes(permission))
      .map(([role]) => role),
  )
  return ['owner', ...roles].join(', ')
}

function explainModule(name: string): void {
  const module = modules.find((one) => one.name === name)!
  say(readFileSync(join(root, 'modules', name, 'README.md'), 'utf8').trim())
  heading('Needs')
  say(`  ${module.depends.join(', ') || 'nobody'}`)
  heading('Things')
  columns(
    entities.filter((entity) => entity.name.startsWith(`${name}.`)).map((entity) => [entity.name, entity.table, entity.path]),
  )
  heading('Routes')
  columns(
    module.routes.flatMap((group) =>
      Object.entries(group).map(([route, endpoint]) => [route, endpoint.spec.name, `needs ${endpoint.spec.can}`]),
    ),
  )
}

const life = wanted === undefined ? undefined : declaredLives.get(wanted)
const entity = entities.find((one) => one.name === wanted)
if (!wanted) {
  say('bin/explain <module> or <thing>. There are:')
  for (const module of modules) {
    heading(module.name)
    columns(entities.filter((one) => one.name.startsWith(`${module.name}.`)).map((one) => [one.name, one.path]))
    for (const name of declaredLives.keys()) if (name.startsWith(`${module.name}.`)) say(`  ${name} (a life)`)
  }
} else if (entity) explainEntity(entity)
else if (life) drawLife(life)
else if (modules.some((module) => module.name === wanted)) explainModule(wanted)
else {
  console.error(`There is no module and no thing called “${wanted}”. bin/explain lists them.`)
  process.exitCode = 1
}
process.exit()
