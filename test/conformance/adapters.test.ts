import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adapters, complete } from '#kit/server/outside/adapter.ts'
import { givenBy } from '#kit/server/outside/environment.ts'
import { scheduledWork } from '#kit/server/door/scheduled.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import '../../server.ts'
import { root } from '../template.ts'

/** Every service of others is whole: its words, its simulator, its variables; and so is all that is done by the clock. */
const languages = Object.entries(serverWords())
const none = (found: readonly string[]) => assert.deepEqual(found, [])
const unsaid = (keys: readonly string[]) =>
  languages.flatMap(([language, words]) => keys.filter((key) => !(key in words)).map((key) => `${key} in ${language}`))

test('every connection says in each language what it is, what its fields and choices are, and that it works', () => {
  assert.ok(adapters().length >= 5)
  none(
    adapters().flatMap(({ name, fields }) => {
      const visible = Object.entries(fields).filter(([, { isHidden }]) => !isHidden)
      return unsaid([
        ...['title', 'about', 'hint', 'worked'].map((key) => `adapter.${name}.${key}`),
        ...visible.map(([field]) => `adapter.${name}.${field}`),
        ...visible.flatMap(([field, { options = [] }]) => options.map((one) => `adapter.${name}.${field}.${one}`)),
      ])
    }),
  )
})

test('every simulator starts, and what it says points Duka to it, by the environment and by the page', async () => {
  for (const of of adapters()) {
    const { simulate } = await of.simulator()
    const simulator = await simulate()
    try {
      assert.ok(complete(of, givenBy(of, simulator.environment).values), `${of.name} by the environment`)
      assert.ok(complete(of, simulator.typed), `${of.name} by the page`)
      none(Object.keys(simulator.environment).filter((one) => !(one in of.environment)))
      none(Object.keys(simulator.typed).filter((one) => !(one in of.fields) || of.fields[one]!.isHidden === true))
    } finally {
      await simulator.stop()
    }
  }
})

test('whatever holds a secret, a page may not see nor the environment tell, and where it is sent is known', () => {
  none(
    adapters().flatMap(({ name, fields, environment }) => {
      const secrets = Object.entries(fields).filter(([, { kind }]) => kind === 'secret')
      const isTold = Object.values(environment).some(({ isSecret }) => isSecret)
      const targets = Object.values(fields).filter(({ isTarget }) => isTarget)
      return secrets.length > 0 && (!isTold || targets.length === 0) ? [name] : []
    }),
  )
  none(
    adapters().flatMap(({ name, fields }) =>
      Object.entries(fields).flatMap(([field, { kind, isTarget }]) =>
        (kind === 'address' || kind === 'host') && !isTarget ? [`${name}.${field}`] : [],
      ),
    ),
  )
})

test('every variable stands in the README, and every work by the clock says what it does', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  none(adapters().flatMap(({ environment }) => Object.keys(environment).filter((one) => !readme.includes(one))))
  none(unsaid(scheduledWork().map(({ name }) => `scheduled.${name}`)))
})
