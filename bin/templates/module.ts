import { capital } from './names.ts'
import { withElement, withImport, withWords } from './edits.ts'
import type { Change } from './change.ts'

/** The files of an empty module: a manifest, its permissions and its one-screen README. `index.ts` comes with the first thing to share. */
export function moduleFiles(name: string): Record<string, string> {
  return {
    [`modules/${name}/module.ts`]: `import { module } from '#kit/server/module.ts'
import './${name}.access.ts'

export default module({ name: '${name}', depends: [], routes: [] })
`,
    [`modules/${name}/${name}.access.ts`]: `import { access } from '#kit/access.ts'

export const ${name}Access = access('${name}', {}, {})
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
export const moduleChanges = (name: string, languages: readonly string[]): Change[] => [
  {
    path: 'server.ts',
    edits: [withImport(name, `#modules/${name}/module.ts`), withElement('modules', name)],
    otherwise: 'import its module.ts and add it to modules, after all that it depends on',
  },
  ...languages.map((language) => ({
    path: `words/${language}.json`,
    edits: [withWords({ [`area.${name}`]: capital(name) })],
    otherwise: `area.${name}: what people call it`,
  })),
]

export const moduleSteps = (name: string, languages: readonly string[]): [string, string][] => [
  [`modules/${name}/module.ts`, 'name the modules below in depends'],
  [`modules/${name}/README.md`, 'say what it promises'],
  [`bin/new entity ${name}/…`, 'its first thing, or bin/new slice for one with a life'],
  ...translations(languages),
]

/** English stands in every language until somebody who speaks it has said it better. */
export const translations = (languages: readonly string[]): [string, string][] =>
  languages
    .filter((language) => language !== 'en')
    .map((language) => [`words/${language}.json`, 'translate the new sentences, which are English so far'])
