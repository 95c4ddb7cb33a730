/** The files of an empty module: a manifest, its permissions and its one-screen README. `index.ts` comes with the first thing to share. */
export function moduleFiles(name: string): Record<string, string> {
  const value = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return {
    [`modules/${name}/module.ts`]: `import { module } from '#kit/server/module.ts'
import './${name}.access.ts'

export default module({ name: '${name}', depends: [], routes: [] })
`,
    [`modules/${name}/${name}.access.ts`]: `import { access } from '#kit/access.ts'

export const ${value}Access = access('${name}', {}, {})
`,
    [`modules/${name}/README.md`]: `# ${name}

**Owns** the tables: none yet.

**Promises**: what always holds here, and what proves it.

**Announces**: the events that others may listen to.

**Needs**: the modules in \`depends\`, and what for.
`,
  }
}

export const moduleSteps = (name: string): [string, string][] => [
  ['server.ts', 'import its module.ts and add it to modules, above all that it depends on'],
  [`modules/${name}/module.ts`, 'name the modules below in depends'],
  [`bin/new slice ${name}/…`, 'its first slice'],
]
