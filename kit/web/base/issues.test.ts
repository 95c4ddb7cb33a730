import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { amountSchema, daySchema, instantSchema, nameSchema } from '../../entity.ts'
import { isProblem } from '../../server/door/command.ts'
import { readInput } from '../../server/door/context.ts'
import { serverWords } from '../../server/host/words.ts'
import { translate } from '../../words.ts'
import { issueText } from './problem.ts'
import type { FieldIssue } from './request.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const languages = Object.entries(serverWords()).map(([language, words]) => ({
  language,
  words,
  t: translate(serverWords(), language, 'latn'),
}))

function issueOf(schema: z.ZodType, value: unknown): FieldIssue {
  try {
    readInput(z.object({ field: schema }), { field: value })
  } catch (error) {
    if (isProblem(error)) return (error.details as FieldIssue[])[0]!
    throw error
  }
  return assert.fail('it was taken')
}

test('[W11] whatever a schema refuses, its field says what is wrong, in every language', () => {
  const wrong: [z.ZodType, unknown][] = [
    [nameSchema, ''],
    [nameSchema, 'x'.repeat(300)],
    [nameSchema, 'a\u0000b'],
    [nameSchema, undefined],
    [nameSchema, 5],
    [z.email(), 'amina'],
    [z.url(), 'amina'],
    [z.uuid(), 'amina'],
    [z.base64(), '%'],
    [daySchema, '2026-13-01'],
    [daySchema, '0001-01-01'],
    [instantSchema, 'yesterday'],
    [z.string().regex(/^\d+$/), 'x'],
    [amountSchema(), 'x'],
    [amountSchema(0n), '-1'],
    [z.number().min(1), 0],
    [z.number().max(12), 13],
    [z.number().multipleOf(5), 3],
    [z.number().int(), 1.5],
    [z.array(z.string()).min(1), []],
    [z.array(z.string()).max(1), ['a', 'b']],
    [z.enum(['a', 'b']), 'c'],
    [z.strictObject({}), { more: 1 }],
    [z.record(z.string().max(1), z.number()), { long: 1 }],
  ]
  for (const { language, t } of languages)
    for (const [schema, value] of wrong) {
      const issue = issueOf(schema, value)
      assert.notEqual(issueText(t, issue), t('invalid.custom'), `${language}: ${JSON.stringify(issue)}`)
    }
})

test('[W11] a length says its limit', () => {
  const { t } = languages.find(({ language }) => language === 'en')!
  assert.equal(issueText(t, issueOf(nameSchema, 'x'.repeat(300))), 'This may be 200 characters long at most.')
})

test('[W11] every refusal that a schema of ours names has words', () => {
  const named = globSync('{kit,modules}/**/*.ts', { cwd: root, exclude: (path) => path.endsWith('.test.ts') }).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/\{ error: '(\w+)' \}/g)].map(([, code]) => ({ path, code: code! })),
  )
  assert.ok(named.length > 5)
  for (const { language, words } of languages)
    for (const { path, code } of named) assert.ok(`invalid.${code}` in words, `${path}: no words for ${code} in ${language}`)
})

test('what is left empty is said to be needed', () => {
  for (const { t } of languages) assert.equal(issueText(t, issueOf(z.string().min(1), '')), t('invalid.required'))
})

test('no form leaves it to the browser to say what is wrong, in the browser’s own language', () => {
  const forms = globSync('{kit/web,modules,web}/**/*.tsx', { cwd: root }).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/<form(?=[\s>])\s*(\w*)/g)].map(([, first]) => ({ path, first })),
  )
  assert.ok(forms.length > 30)
  assert.deepEqual(
    forms.filter(({ first }) => first !== 'noValidate'),
    [],
  )
})
