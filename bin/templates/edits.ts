import { parseSync } from 'vite'
import { isNode, nameOf, textOf, walk, type SyntaxNode } from '../checks/source.ts'

/** Small changes to files that are there already. Each gives the text with what it was asked for in it, as it was where that
 * is there already, and nothing where the place for it is not found. */
export type Edit = (text: string) => string | undefined

const parse = (text: string): SyntaxNode => parseSync('file.tsx', text).program as unknown as SyntaxNode
const insert = (text: string, at: number, what: string): string => text.slice(0, at) + what + text.slice(at)

function find(text: string, is: (node: SyntaxNode) => boolean): SyntaxNode | undefined {
  let found: SyntaxNode | undefined
  walk(parse(text), (node) => {
    if (!found && is(node)) found = node
  })
  return found
}

/** `import { name } from 'path'`, after the last import; another name beside those that come from there already. */
export const withImport =
  (name: string, path: string): Edit =>
  (text) => {
    const imports = (parse(text)['body'] as SyntaxNode[]).filter((node) => node.type === 'ImportDeclaration')
    const last = imports.at(-1)
    if (!last) return undefined
    const same = imports.find((node) => textOf(node['source']) === path && node['importKind'] !== 'type')
    if (same && name.startsWith('{')) {
      const specifiers = same['specifiers'] as SyntaxNode[]
      const wanted = name.replace(/[{}]/g, '').trim()
      if (specifiers.some((one) => text.slice(one.start, one.end) === wanted)) return text
      const end = specifiers.at(-1)
      return end && insert(text, end.end, `, ${wanted}`)
    }
    return same ? text : insert(text, last.end, `\nimport ${name} from '${path}'`)
  }

/** The names that a file imports. */
export function importedNames(text: string): Set<string> {
  const names = new Set<string>()
  for (const node of parse(text)['body'] as SyntaxNode[])
    if (node.type === 'ImportDeclaration') for (const one of node['specifiers'] as SyntaxNode[]) names.add(nameOf(one['local']))
  return names
}

/** One more element of a list: of `routes: […]` and of `const modules = […]`, after the last that `beside` fits, at its end otherwise. */
export const withElement =
  (list: string, element: string, beside?: RegExp): Edit =>
  (text) => {
    const owner = find(
      text,
      (node) =>
        (node.type === 'Property' && nameOf(node['key']) === list && listOf(node['value']) !== undefined) ||
        (node.type === 'VariableDeclarator' && nameOf(node['id']) === list && listOf(node['init']) !== undefined),
    )
    const found = owner && listOf(owner['value'] ?? owner['init'])
    if (!found) return undefined
    const elements = found['elements'] as SyntaxNode[]
    if (elements.some((one) => text.slice(one.start, one.end) === element)) return text
    const after = (beside && elements.findLast((one) => beside.test(text.slice(one.start, one.end)))) ?? elements.at(-1)
    return after ? insert(text, after.end, `, ${element}`) : insert(text, found.start + 1, element)
  }

/** The list itself, or the one that `[…].flat()` is called on. */
function listOf(node: unknown): SyntaxNode | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'ArrayExpression') return node
  if (node.type === 'TSAsExpression') return listOf(node['expression'])
  const callee = node.type === 'CallExpression' ? node['callee'] : undefined
  return isNode(callee) && callee.type === 'MemberExpression' ? listOf(callee['object']) : undefined
}

/** Permissions with their sentences, in the second argument of `access(…)`. */
export const withPermissions =
  (sentences: Readonly<Record<string, string>>): Edit =>
  (text) => {
    const call = find(text, (node) => node.type === 'CallExpression' && nameOf(node['callee']) === 'access')
    const object = (call?.['arguments'] as SyntaxNode[] | undefined)?.[1]
    if (object?.type !== 'ObjectExpression') return undefined
    const properties = object['properties'] as SyntaxNode[]
    const known = new Set(properties.map((one) => textOf(one['key'])))
    const lines = Object.entries(sentences)
      .filter(([key]) => !known.has(key))
      .map(([key, sentence]) => `'${key}': '${sentence}'`)
    if (lines.length === 0) return text
    const last = properties.at(-1)
    return last
      ? insert(text, last.end, `,\n    ${lines.join(',\n    ')}`)
      : insert(text, object.start + 1, `\n    ${lines.join(',\n    ')},\n  `)
  }

/** Sentences of a language, each beside those that its key belongs to; what is said already stays as it is. */
export const withWords =
  (more: Readonly<Record<string, string>>): Edit =>
  (text) => {
    const entries = Object.entries(JSON.parse(text) as Record<string, string>)
    for (const [key, sentence] of Object.entries(more)) {
      if (entries.some(([known]) => known === key)) continue
      const family = `${key.split('.')[0]}.`
      const before = entries.findLastIndex(([known]) => known.startsWith(family) && known < key)
      const next = before >= 0 ? before + 1 : entries.findIndex(([known]) => known > key)
      entries.splice(next < 0 ? entries.length : next, 0, [key, sentence])
    }
    return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
  }

/** A module's README names its tables, and what it announces. */
export const withOwned =
  (things: string, table: string): Edit =>
  (text) => {
    if (text.includes(`\`${table}\``)) return text
    const line = /^\*\*Owns\*\*.*$/m.exec(text)
    if (!line) return undefined
    const begun = line[0].replace(' the tables: none yet.', '')
    const said = `${things.charAt(0).toUpperCase()}${things.slice(1)} stand in \`${table}\`.`
    const owned = begun === line[0] ? `${begun} ${said}` : `${begun} ${things} \`${table}\`.`
    return text.replace(line[0], () => owned)
  }

export const withAnnounced =
  (event: string): Edit =>
  (text) => {
    if (text.includes(`\`${event}\``)) return text
    const line = /\*\*Announces\*\*.*?\.(?=\s|$)/m.exec(text)
    if (!line) return undefined
    const announced = line[0].includes('`') ? `${line[0].slice(0, -1)}, \`${event}\`.` : `**Announces** \`${event}\`.`
    return text.replace(line[0], () => announced)
  }
