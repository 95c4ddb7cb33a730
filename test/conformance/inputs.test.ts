import assert from 'node:assert/strict'
import { test } from 'node:test'
import { declaredEntities, writableFields, type Entity } from '#kit/entity.ts'
import { declaredEndpoints, type Endpoint } from '#kit/server/door/command.ts'
import { importableOf } from '#kit/server/import/importable.ts'
import { modules } from '../../server.ts'
import { readEntityPages, shows } from './site.ts'

/** A field that is declared arrives: by the API, by the form and by file. What is set in another way says how. */
const SET_ELSEWHERE: Readonly<Record<string, string>> = {
  'catalog.product.handle by form': 'it is what files know a product by; its own form changes it',
  ...Object.fromEntries(
    ['hours', 'idleMinutes', 'lockMinutes', 'secondFactor', 'bindDevice'].map((name) => [
      `access.role.${name} by API`,
      'a new role begins like the one that it is made from',
    ]),
  ),
}
const none = (found: readonly string[]) => assert.deepEqual(found, [])
const left = (entity: Entity, way: string, has: (name: string) => boolean): string[] =>
  writableFields(entity)
    .filter(([name]) => !has(name) && !(`${entity.name}.${name} by ${way}` in SET_ELSEWHERE))
    .map(([name]) => `${entity.name}.${name} does not arrive by ${way}`)

/** The members of an input, and those of the objects and lists inside it. */
function shapesOf(schema: unknown): Record<string, unknown>[] {
  const { shape, _zod } = (schema ?? {}) as { shape?: Record<string, unknown>; _zod?: { def: Record<string, unknown> } }
  if (shape) return [shape, ...Object.values(shape).flatMap(shapesOf)]
  const inner = ['innerType', 'element', 'in', 'out'].flatMap((part) => (_zod?.def[part] ? [_zod.def[part]] : []))
  return [...inner, ...((_zod?.def['options'] as unknown[] | undefined) ?? [])].flatMap(shapesOf)
}

const created = new Map<string, Endpoint<never, unknown>>(
  modules.flatMap((module) =>
    module.routes.flatMap((group) =>
      Object.entries(group).flatMap(([route, endpoint]) =>
        route.startsWith('POST ') ? [[route.slice(5), endpoint] as const] : [],
      ),
    ),
  ),
)

test('by the API: what makes a record takes every field that is declared of it', () => {
  const makers = [...declaredEntities.values()].flatMap((entity) => {
    const maker = entity.can.write ? created.get(entity.path) : undefined
    return maker ? [{ entity, maker }] : []
  })
  assert.ok(makers.length >= 15)
  none(makers.flatMap(({ entity, maker }) => left(entity, 'API', (name) => name in (shapesOf(maker.spec.input)[0] ?? {}))))
})

/** Does a shape name what a new record of this entity is? One of the same area, and most of its fields. */
function isOf(entity: Entity, command: string, shape: Readonly<Record<string, unknown>>): boolean {
  if (command.split('.')[0] !== entity.name.split('.')[0]) return false
  // The generated ones are of their own entity.
  if (command.split('.').length === 3 && !command.startsWith(`${entity.name}.`)) return false
  const named = writableFields(entity).filter(([name]) => name in shape).length
  return named >= 3 && named * 2 >= writableFields(entity).length
}

test('by the API: a list of new records inside a command takes every field of them too', () => {
  const commands = [...declaredEndpoints.values()].filter(
    ({ kind, spec }) => kind === 'command' && /\.(?:create|add|register)/.test(spec.name),
  )
  assert.ok(commands.some(({ spec }) => spec.name === 'catalog.addVariant'))
  none(
    commands.flatMap(({ spec }) =>
      shapesOf(spec.input).flatMap((shape) =>
        [...declaredEntities.values()]
          .filter((entity) => entity.can.write && isOf(entity, spec.name, shape))
          .flatMap((entity) => left(entity, 'API', (name) => name in shape).map((what) => `${spec.name}: ${what}`)),
      ),
    ),
  )
})

test('by the form: a page that makes a record by hand shows every field, or draws those that it does not name', async () => {
  const pages = (await readEntityPages()).flatMap(({ entity, create, form }) =>
    [create, form].flatMap((part) =>
      typeof part === 'object' && !shows(part, 'FormPage') && !shows(part, 'EntityForm') ? [{ entity, part }] : [],
    ),
  )
  assert.ok(pages.length > 0)
  none(
    pages.flatMap(({ entity, part }) => {
      const drawsOthers = shows(part, 'Field') && part.text.includes('writableFields(')
      return left(entity, 'form', (name) => drawsOthers || new RegExp(`\\b${name}\\b`).test(part.text))
    }),
  )
})

test('by file: what can be imported has a column for every field', () => {
  const imported = [...declaredEntities.values()].flatMap((entity) => {
    const kind = importableOf(entity.name)
    return kind ? [{ entity, kind }] : []
  })
  assert.ok(imported.length >= 8)
  none(
    imported.flatMap(({ entity, kind }) => {
      const names = new Set(kind.fields.map((one) => one.name))
      return left(entity, 'file', (name) => names.has(name) || entity.fields[name]!.kind === 'json')
    }),
  )
})

test('what is set elsewhere is a field that there is', () => {
  const fields = new Set(
    [...declaredEntities.values()].flatMap((one) => Object.keys(one.fields).map((name) => `${one.name}.${name}`)),
  )
  none(Object.keys(SET_ELSEWHERE).filter((key) => !fields.has(key.split(' ')[0]!)))
})
