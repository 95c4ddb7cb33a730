import { capital } from './names.ts'
import { withElement } from './edits.ts'
import type { Change } from './change.ts'

/** The files of an empty module: a manifest, its permissions, its words and its one-screen README. `index.ts` comes with the first thing to share. */
export function moduleFiles(name: string, languages: readonly string[]): Record<string, string> {
  const words = `${JSON.stringify({ [`area.${name}`]: capital(name) }, null, 2)}\n`
  return {
    ...Object.fromEntries(languages.map((language) => [`modules/${name}/words/${language}.json`, words])),
    [`modules/${name}/module.ts`]: `import { module } from '#kit/server/edge/module.ts'
import { ${name}Access } from './${name}.access.ts'

export default module({ name: '${name}', depends: [], parts: [${name}Access], routes: [] })
`,
    [`modules/${name}/${name}.access.ts`]: `import { access } from '#kit/access.ts'

export const ${name}Access = access('${name}', {}, {})
`,
    [`modules/${name}/pages.tsx`]: `import type { PageDeclaration } from '#kit/web/base/page.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [].flat()
`,
    [`modules/${name}/README.md`]: `# ${name}

**Owns** the tables: none yet.

**Promises**: what always holds here, and what proves it.

**Announces**: the events that others may listen to.

**Needs**: the modules in \`depends\`, and what for.
`,
  }
}

/** What makes the module a part of the program. */
export const moduleChanges = (name: string): Change[] => [
  {
    path: 'modules/list.ts',
    edits: [withElement('moduleNames', `'${name}'`)],
    otherwise: 'add it to moduleNames, after all that it depends on',
  },
]

export const moduleSteps = (name: string, languages: readonly string[]): [string, string][] => [
  [`modules/${name}/module.ts`, 'name the modules below in depends'],
  [`modules/${name}/README.md`, 'say what it promises'],
  [`bin/new entity ${name}/…`, 'its first thing, or bin/new slice for one with a life'],
  ...translations(name, languages),
]

/** English stands in every language until somebody who speaks it has said it better. */
export const translations = (module: string, languages: readonly string[]): [string, string][] =>
  languages
    .filter((language) => language !== 'en')
    .map((language) => [`modules/${module}/words/${language}.json`, 'translate the new sentences, which are English so far'])
