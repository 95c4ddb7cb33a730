import type { Change } from './change.ts'
import { importedNames, withAnnounced, withElement, withImport, withOwned, withPermissions, withWords } from './edits.ts'
import { capital, type Names } from './names.ts'

/** What a thing brings to the files that are there already, so that the program has it. */
export interface Thing {
  /** The file that exports its routes, beside its definition. */
  readonly routesFile: string
  /** What else that file exports for the manifest. */
  readonly parts?: readonly string[]
  readonly permissions: Readonly<Record<string, string>>
  /** Words beside its own name, by key. */
  readonly words: Readonly<Record<string, string>>
  readonly announces: readonly string[]
  /** Tables beside its own. */
  readonly tables?: readonly string[]
}

const AREAS: Readonly<Record<string, string>> = {
  pos: 'counter',
  inventory: 'warehouse',
  catalog: 'warehouse',
  parties: 'customers',
  ledger: 'money',
  payments: 'money',
}
const ICON = 'IconListDetails'

/** Its routes, permissions, pages and words, each in its place. */
export function thingChanges(names: Names, thing: Thing, languages: readonly string[]): Change[] {
  const { module, slice, value, name, table, said, saidMany } = names
  const menu = AREAS[module] ?? 'company'
  const from = `./${slice}/${thing.routesFile}`
  const brought = thing.parts ?? []
  const definition = `./${slice}/${slice}.ts`
  const words = { [`entity.${name}`]: capital(said), [`entities.${name}`]: capital(saidMany), ...thing.words }
  // English sentences of permissions stand in the code.
  const spoken = Object.fromEntries(Object.entries(thing.permissions).map(([key, sentence]) => [`permission.${key}`, sentence]))
  return [
    {
      path: `modules/${module}/module.ts`,
      edits: [
        ...brought.flatMap((part) => [withImport(`{ ${part} }`, from), withElement('parts', part)]),
        withImport(`{ ${value}Routes }`, from),
        withElement('routes', `${value}Routes`),
      ],
      otherwise: `list ${[...brought, `${value}Routes`].join(' and ')} of '${from}'`,
    },
    {
      path: `modules/${module}/${module}.access.ts`,
      edits: [withPermissions(thing.permissions)],
      otherwise: Object.entries(thing.permissions)
        .map(([key, sentence]) => `'${key}': '${sentence}'`)
        .join(', '),
    },
    {
      path: `modules/${module}/README.md`,
      edits: [
        withOwned(saidMany, table),
        ...(thing.tables ?? []).map((one) => withOwned(`lines of ${saidMany}`, one)),
        ...thing.announces.map((event) => withAnnounced(event)),
      ],
      otherwise: `name the table ${table}`,
    },
    {
      path: `modules/${module}/pages.tsx`,
      edits: [
        withImport(`{ ${ICON} }`, '@tabler/icons-react'),
        withImport('{ entityPages }', '#kit/web/pages/site.ts'),
        (text) => {
          // A word may be taken already, by a thing of another module.
          const isTaken = importedNames(text).has(value) && !text.includes(`'${definition}'`)
          const here = isTaken ? module + names.inside : value
          const imported = withImport(here === value ? `{ ${value} }` : `{ ${value} as ${here} }`, definition)(text)
          const line = `entityPages(${here}, { menu: '${menu}', icon: ${ICON} })`
          return imported && withElement('pages', line, new RegExp(`menu: '${menu}'`))(imported)
        },
      ],
      otherwise: `entityPages(${value}, { menu: '${menu}', icon: ${ICON} })`,
    },
    ...languages.map((language) => ({
      path: `modules/${module}/words/${language}.json`,
      edits: [withWords(language === 'en' ? words : { ...words, ...spoken })],
      otherwise: `${Object.keys(words).join(', ')}, in every language`,
    })),
  ]
}
