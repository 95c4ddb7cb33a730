import { kindOf, isTest } from './kinds.ts'
import { isNode, nameOf, quasisOf, textOf, walk, type Source, type SyntaxNode } from './source.ts'
import type { Tree, Violation } from './tree.ts'

/** A state is written by `step` and `stepAll` alone: nothing else locks, judges, and leaves a trail of it every time. */
const STEP = 'kit/server/door/step.ts'

export function checkStates(tree: Tree): Violation[] {
  const alive = tablesWithState(tree)
  const entities = new Map(tree.sources.flatMap((source) => [...entitiesIn(source)]))
  return tree.sources
    .filter(({ path }) => path !== STEP && !isTest(path) && kindOf(path) === 'server' && /^(?:kit|modules)\//.test(path))
    .flatMap((source) => {
      const found: Violation[] = []
      const note = (table: string | undefined, node: SyntaxNode) => {
        if (!table || !alive.has(table)) return
        found.push({
          path: source.path,
          line: source.lineOf(node.start),
          rule: `writes the state of ${table}`,
          remedy: 'take a step of its life: step(tx, …), or stepAll for many rows',
        })
      }
      walk(source.program, (node) => {
        if (node.type === 'CallExpression') {
          const all = node['arguments'] as SyntaxNode[]
          const called = nameOf(node['callee'])
          if ((called === 'set' || called === 'doUpdateSet') && all.some(namesState)) note(tableOf(node['callee']), node)
          if (called === 'updateRow' && all[3] && namesState(all[3])) note(entities.get(nameOf(all[1])), node)
        }
        const sql = node.type === 'TemplateLiteral' ? quasisOf(node).join(' ? ') : textOf(node)
        for (const [, table] of sql?.matchAll(SETS_STATE) ?? []) note(table!.toLowerCase(), node)
      })
      return found
    })
}

// `update access_user u set name = $1, state = $2 where …`: up to what follows the columns.
const SETS_STATE =
  /\bupdate\s+(?:only\s+)?(\w+)(?:\s+(?:as\s+)?(?!set\b)\w+)?\s+set\s(?:(?!\b(?:where|from|returning)\b)[^;]){0,2000}?\bstate\s*=/gi

/** The table that a Kysely chain begins with. */
function tableOf(callee: unknown): string | undefined {
  for (let node = callee; isNode(node); node = node['callee'] ?? node['object']) {
    if (node.type !== 'CallExpression') continue
    if (['updateTable', 'insertInto'].includes(nameOf(node['callee']))) {
      const name = textOf((node['arguments'] as SyntaxNode[])[0])
      return name?.split(/\s/)[0]!.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    }
  }
  return undefined
}

/** Does what is set name a state, itself or in what is spread into it? */
function namesState(values: SyntaxNode): boolean {
  let is = textOf(values) === 'state'
  walk(values, (node, parent) => {
    // What a condition looks at is not what is written.
    if (node.type === 'Property' && nameOf(node['key']) === 'state' && parent?.type === 'ObjectExpression') is = true
  })
  return is
}

/** Tables that have a column `state`. */
function tablesWithState({ migrations }: Tree): Set<string> {
  const found = new Set<string>()
  for (const { text } of migrations) {
    for (const [, table, body] of text.matchAll(/create\s+(?:unlogged\s+)?table\s+(\w+)\s*\(([\s\S]*?)\n\);?/gi))
      if (/^\s*state\s/m.test(body!)) found.add(table!.toLowerCase())
    for (const [, table] of text.matchAll(/alter\s+table\s+(\w+)[^;]*?\badd\s+column\s+state\s/gi))
      found.add(table!.toLowerCase())
  }
  return found
}

/** `export const user = entity('access_user', …)`. */
function entitiesIn({ program }: Source): Map<string, string> {
  const found = new Map<string, string>()
  walk(program, (node) => {
    const call = node.type === 'VariableDeclarator' ? node['init'] : undefined
    if (!isNode(call) || call.type !== 'CallExpression' || nameOf(call['callee']) !== 'entity') return
    const table = textOf((call['arguments'] as SyntaxNode[])[0])
    if (table) found.set(nameOf(node['id']), table)
  })
  return found
}
