import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { HelpText, HelpTopic } from '#kit/help.ts'
import { moduleNames } from '#modules/list.ts'
import { root } from '../template.ts'

const none = (found: readonly string[]) => assert.deepEqual(found, [])
const parts = await Promise.all(
  moduleNames
    .filter((module) => existsSync(join(root, `modules/${module}/help.ts`)))
    .map(async (module) => {
      const { topics } = (await import(`../../modules/${module}/help.ts`)) as { topics: readonly HelpTopic[] }
      const texts = Object.fromEntries(
        globSync(`modules/${module}/help/*.json`, { cwd: root }).map((path) => [
          path.split('/').at(-1)!.replace('.json', ''),
          JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, HelpText>,
        ]),
      )
      return { module, topics, texts }
    }),
)

test('every guide is said in each language, with a title, words to find it by, and the same steps', () => {
  assert.ok(parts.flatMap(({ topics }) => topics).length >= 15)
  none(
    parts.flatMap(({ module, topics, texts }) =>
      ['en', 'ar', 'sw'].flatMap((language) => {
        const said = texts[language] ?? {}
        const names = topics.map(({ name }) => name)
        return [
          ...names.flatMap((name) => {
            const { title = '', also = '', steps = [] } = said[name] ?? {}
            const wanted = texts['en']?.[name]?.steps.length
            const isWhole = title !== '' && also !== '' && steps.length >= 2 && steps.length === wanted && steps.every(Boolean)
            return isWhole ? [] : [`${module}.${name} is not whole in ${language}`]
          }),
          ...Object.keys(said)
            .filter((name) => !names.includes(name))
            .map((name) => `${module}.${name} is said in ${language} and is no guide`),
        ]
      }),
    ),
  )
})

test('a guide is about pages that there are, and its steps lead to some', () => {
  const paths = new Set<string>()
  const sources = globSync(['web/pages.tsx', 'modules/*/{pages,bare}.tsx'], { cwd: root }).map((path) =>
    readFileSync(join(root, path), 'utf8'),
  )
  for (const source of sources)
    for (const [, path] of source.matchAll(/page\(\s*'([^']+)'/g)) paths.add(path!.replace(/:(\w+)/g, '$$$1'))
  const entityPaths = globSync('modules/**/*.ts', { cwd: root }).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/^ {2}path: '([^']+)'/gm)].map((match) => match[1]!),
  )
  const isPage = (path: string) =>
    paths.has(path) || entityPaths.some((of) => [of, `${of}/new`, `${of}/$id`, `${of}/$id/edit`].includes(path))
  none(
    parts.flatMap(({ module, topics, texts }) =>
      topics.flatMap(({ name, pages, leads }) => [
        ...(pages.length === 0 ? [`${module}.${name} is about no page`] : []),
        ...(leads.length > (texts['en']?.[name]?.steps.length ?? 0)
          ? [`${module}.${name} leads on from steps that it has not`]
          : []),
        ...[...pages, ...leads].flatMap((path) => (path === null || isPage(path) ? [] : [`${module}.${name}: no page ${path}`])),
      ]),
    ),
  )
})
