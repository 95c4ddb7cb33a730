import { nameOf, textOf, walk, type Source, type SyntaxNode } from './source.ts'

/** A table or view that a piece of SQL names; `at` is where, counted from the start of the file. */
export interface Named {
  readonly name: string
  readonly at: number
}

const kyselyVerbs = new Set(
  'selectFrom insertInto updateTable deleteFrom replaceInto mergeInto from using innerJoin leftJoin rightJoin fullJoin crossJoin innerJoinLateral leftJoinLateral crossJoinLateral'.split(
    ' ',
  ),
)
const SQL_START =
  /^\s*(?:with|select|insert\s+into|update|delete\s+from|lock\s+table|truncate|copy|merge\s+into|alter\s+table)\s/i

/** Every table that a file names in Kysely calls, in sql`…` templates and in strings that are SQL; in snake_case. */
export function namedInSource(source: Source): Named[] {
  const found: Named[] = []
  const templates = new Set<SyntaxNode>()
  walk(source.program, (node) => {
    if (node.type === 'CallExpression') found.push(...namedInCall(node))
    if (node.type === 'TaggedTemplateExpression' && nameOf(node['tag']) === 'sql') templates.add(node['quasi'] as SyntaxNode)
    if (node.type === 'Literal' || node.type === 'TemplateLiteral') {
      const sql = insideOf(source, node)
      if (templates.has(node) || SQL_START.test(sql))
        found.push(...namedInSql(sql).map(({ name, at }) => ({ name, at: node.start + 1 + at })))
    }
  })
  return found
}

/** What stands between the quotes, with blanks of the same length for what a template puts in, so that places stay. */
function insideOf(source: Source, node: SyntaxNode): string {
  let text = source.text.slice(node.start + 1, node.end - 1)
  for (const { start, end } of (node['expressions'] ?? []) as SyntaxNode[]) {
    const [from, to] = [start - node.start - 1, end - node.start - 1]
    text = text.slice(0, from) + text.slice(from, to).replace(/[^\n]/g, ' ') + text.slice(to)
  }
  return text
}

function namedInCall(call: SyntaxNode): Named[] {
  const callee = call['callee'] as SyntaxNode
  const [first] = call['arguments'] as SyntaxNode[]
  if (callee.type !== 'MemberExpression' || !first) return []
  const verb = nameOf(callee)
  if (!kyselyVerbs.has(verb) && !(verb === 'table' && nameOf(callee['object']) === 'sql')) return []
  const tables = first.type === 'ArrayExpression' ? (first['elements'] as SyntaxNode[]) : [first]
  return tables.flatMap((table) => {
    const text = textOf(table)
    return text === undefined ? [] : [{ name: snake(text.trim().split(/\s/)[0]!), at: table.start }]
  })
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

// Not `is distinct from x` and `extract(day from x)`: what follows there is a value.
const NAMED =
  /(?<!distinct\s+|extract\(\s*\w+\s+)\b(from|join|using|into|update|table|references)\s+(?:if\s+exists\s+|only\s+|lateral\s+)*"?([a-z_]\w*)"?/gi
const NEXT_IN_LIST = /(?:\s*\([^()]*\))?(?:\s+(?:as\s+)?\w+)?\s*,\s*(?:lateral\s+)?"?([a-z_]\w*)"?/iy
const WITH_NAME = /(?:\bwith|\brecursive|,)\s+"?([a-z_]\w*)"?\s*(?:\([^()]*\)\s*)?as\s+(?:(?:not\s+)?materialized\s+)?\(/gi

/** Every table or view that SQL reads or writes: not the names that a `with` gives, nor what stands in comments and strings. */
export function namedInSql(sql: string): Named[] {
  const text = sql.replace(/--[^\n]*|'(?:[^']|'')*'/g, (hidden) => hidden.replace(/[^\n]/g, ' '))
  const given = new Set([...text.matchAll(WITH_NAME)].map(([, name]) => name!.toLowerCase()))
  const found: Named[] = []
  const note = (name: string, at: number) => {
    if (!given.has(name.toLowerCase())) found.push({ name: name.toLowerCase(), at })
  }
  const isFunction = (end: number) => /^\s*\(/.test(text.slice(end, end + 20))
  for (const match of text.matchAll(NAMED)) {
    const reads = /^(?:from|join|using)$/i.test(match[1]!)
    const end = match.index + match[0].length
    if (!(reads && isFunction(end))) note(match[2]!, match.index)
    if (!/^(?:from|using)$/i.test(match[1]!)) continue
    NEXT_IN_LIST.lastIndex = end
    for (let next = NEXT_IN_LIST.exec(text); next; next = NEXT_IN_LIST.exec(text)) {
      if (!isFunction(NEXT_IN_LIST.lastIndex)) note(next[1]!, next.index + next[0].length - next[1]!.length)
    }
  }
  return found
}
