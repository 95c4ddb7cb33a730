import { isTest } from './kinds.ts'
import { isNode, nameOf, quasisOf, textOf, walk, type Source, type SyntaxNode } from './source.ts'

/** A key that a page asks for by name, and where. */
export interface Asked {
  readonly key: string
  readonly path: string
  readonly line: number
}

export interface Uses {
  /** Every string of the program: a key may be handed on as a value before it is shown. */
  readonly strings: ReadonlySet<string>
  /** Keys that are put together, `menu.${area}`, as patterns. */
  readonly patterns: readonly RegExp[]
  /** Keys in `t('…')`, `<T k="…"` and the like, which must have an entry. */
  readonly asked: readonly Asked[]
  /** Families in `t.of('…', name)`. */
  readonly families: readonly Asked[]
}

const isShown = (path: string): boolean => /^(?:web|kit|modules)\//.test(path) && !isTest(path)
const KEY = /^[a-z]\w*(?:\.[\w-]+)+$/

/** Reads which words the program uses. `namespaces` are the first parts of known keys; they tell a key from another string. */
export function readUses(sources: readonly Source[], namespaces: ReadonlySet<string>): Uses {
  const strings = new Set<string>()
  const patterns: RegExp[] = []
  const asked: Asked[] = []
  const families: Asked[] = []
  for (const source of sources.filter(({ path }) => isShown(path))) {
    const place = (node: SyntaxNode) => ({ path: source.path, line: source.lineOf(node.start) })
    const ask = (node: unknown) => {
      for (const one of branches(node)) {
        const text = textOf(one)
        if (text !== undefined) asked.push({ key: text, ...place(one) })
      }
    }
    walk(source.program, (node) => {
      const text = textOf(node)
      if (text !== undefined) strings.add(text)
      else if (node.type === 'TemplateLiteral') patterns.push(...patternOf(node, namespaces))
      if (node.type === 'CallExpression' && isT(node['callee'])) ask((node['arguments'] as SyntaxNode[])[0])
      if (node.type === 'CallExpression' && isTOf(node['callee'])) {
        const [family] = node['arguments'] as SyntaxNode[]
        for (const one of branches(family))
          if (textOf(one) !== undefined) families.push({ key: `${textOf(one)}.`, ...place(one) })
      }
      if (node.type === 'JSXOpeningElement' && nameOf(node['name']) === 'T') ask(attribute(node, 'k'))
      if (node.type === 'Property' && ['title', 'label', 'hint', 'words'].includes(nameOf(node['key']))) {
        const value = textOf(node['value'])
        if (value && KEY.test(value) && namespaces.has(value.split('.')[0]!)) ask(node['value'])
      }
    })
  }
  return { strings, patterns, asked, families }
}

const isT = (callee: unknown): boolean => isNode(callee) && callee.type === 'Identifier' && callee['name'] === 't'
const isTOf = (callee: unknown): boolean =>
  isNode(callee) && callee.type === 'MemberExpression' && nameOf(callee) === 'of' && isT(callee['object'])

/** All values that an expression may have: both sides of a condition. */
export function branches(node: unknown): SyntaxNode[] {
  if (!isNode(node)) return []
  if (node.type === 'ConditionalExpression') return [...branches(node['consequent']), ...branches(node['alternate'])]
  if (node.type === 'LogicalExpression')
    return node['operator'] === '&&' ? branches(node['right']) : [...branches(node['left']), ...branches(node['right'])]
  if (node.type === 'JSXExpressionContainer' || node.type === 'ParenthesizedExpression' || node.type === 'TSAsExpression')
    return branches(node['expression'])
  return [node]
}

/** The value of an attribute of an element. */
function attribute(element: SyntaxNode, name: string): unknown {
  const all = element['attributes'] as SyntaxNode[]
  return all.find((one) => one.type === 'JSXAttribute' && nameOf(one['name']) === name)?.['value']
}

function patternOf(template: SyntaxNode, namespaces: ReadonlySet<string>): RegExp[] {
  const parts = quasisOf(template)
  const [first = ''] = parts
  // Only what begins like a key: a web address or a class name would make half of all words look used.
  if (!/^[a-z]\w*\./.test(first) || !namespaces.has(first.split('.')[0]!)) return []
  return [new RegExp(`^${parts.map((part) => RegExp.escape(part)).join('[\\w.-]+')}$`)]
}
