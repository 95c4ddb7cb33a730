import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'

/** A node of the syntax tree (ESTree with TypeScript and JSX). */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [part: string]: unknown
}

/** One import, re-export, `import()` or `import('…').Type` of a file. */
export interface Import {
  readonly specifier: string
  readonly line: number
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean
  /** Nothing of it is named: it is loaded for what it does. */
  readonly bare: boolean
}

export interface Source {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly program: SyntaxNode
  readonly imports: readonly Import[]
  lineOf(offset: number): number
}

/** Reads and parses one file. Throws when it is not TypeScript, because then nothing could be said about it. */
export function readSource(root: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} can't be parsed: ${errors[0]!.message}`)
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length
  const tree = program as unknown as SyntaxNode
  return { path, text, program: tree, lineOf, imports: importsOf(tree, lineOf) }
}

export const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && 'type' in value

/** Visits a node and all below it, parents first. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | undefined) => void,
  parent?: SyntaxNode,
): void {
  visit(node, parent)
  for (const part of Object.values(node)) {
    if (Array.isArray(part)) {
      for (const one of part) if (isNode(one)) walk(one, visit, node)
    } else if (isNode(part)) walk(part, visit, node)
  }
}

/** The text of a string literal, or of a template that nothing is put into. */
export function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined
  if (node.type === 'TemplateLiteral' && (node['expressions'] as unknown[]).length === 0) return quasisOf(node)[0]
  return undefined
}

/** The fixed parts of a template, in order. */
export const quasisOf = (template: SyntaxNode): string[] =>
  (template['quasis'] as { value: { cooked: string | null; raw: string } }[]).map(({ value }) => value.cooked ?? value.raw)

/** `x` of `a.b.x`, of `x` itself, and of a JSX name. */
export function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'MemberExpression') return nameOf(node['property'])
  if (node.type === 'JSXMemberExpression') return nameOf(node['property'])
  return typeof node['name'] === 'string' ? node['name'] : ''
}

const kindOfImport: Readonly<Record<string, string>> = {
  ImportDeclaration: 'importKind',
  ExportNamedDeclaration: 'exportKind',
  ExportAllDeclaration: 'exportKind',
  ImportExpression: '',
  TSImportType: '',
}

function importsOf(program: SyntaxNode, lineOf: (offset: number) => number): Import[] {
  const found: Import[] = []
  walk(program, (node) => {
    const kind = kindOfImport[node.type]
    const specifier = kind === undefined ? undefined : textOf(node['source'])
    if (kind === undefined || specifier === undefined) return
    // `import { type A }` still loads the file at run time; only `import type` is erased as a whole.
    const typeOnly = node.type === 'TSImportType' || node[kind] === 'type'
    const bare = node.type === 'ImportDeclaration' && (node['specifiers'] as unknown[]).length === 0 && !typeOnly
    found.push({ specifier, line: lineOf(node.start), typeOnly, bare })
  })
  return found
}
