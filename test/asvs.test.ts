import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { standard } from '#modules/trail/standard/standard.queries.ts'
import { mutations } from '../bin/mutations.ts'
import { root } from './template.ts'

test('every requirement of the standard is met by a test or a page that exists, or says why not', () => {
  const { requirements } = standard()
  const wrong: string[] = []
  for (const { id, state, proof = [], why } of requirements) {
    if (state === 'met' && proof.length === 0) wrong.push(`${id} is met by nothing`)
    if (state !== 'met' && (why ?? '').length < 10) wrong.push(`${id} does not say why`)
    for (const one of proof) {
      const [, file = '', title = ''] = /^(\S+?): (.+)$/.exec(one) ?? []
      const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : ''
      const isThere = file.endsWith('.md')
        ? text.includes(`## ${title}\n`)
        : text.includes(`'${title}'`) || text.includes(`\`${title}\``)
      if (!isThere) wrong.push(`${id}: ${one} is not there`)
    }
  }
  assert.deepEqual(wrong, [])
  // 70 requirements of level 1 and 183 of level 2, each once.
  assert.equal(new Set(requirements.map((one) => one.id)).size, 253)
  assert.deepEqual(
    [1, 2].map((level) => requirements.filter((one) => one.level === level).length),
    [70, 183],
  )
})

test('what `bin/mutate` takes out is there to be taken out', () => {
  const gone = mutations.filter((one) => !readFileSync(join(root, one.file), 'utf8').includes(one.from))
  assert.deepEqual(
    gone.map((one) => one.what),
    [],
  )
})
