import { nameOf, readSource, textOf, walk, type Source, type SyntaxNode } from '../../bin/checks/source.ts'
import type { Entity } from '#kit/entity.ts'
import { globSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { root } from '../template.ts'

/** A part of an entity's pages: made by the kit, written by hand (its file), or left out. */
export type Part = 'generated' | 'none' | Source

export interface EntityPages {
  readonly entity: Entity
  readonly list: Part
  readonly create: Part
  readonly form: Part
  readonly detail: Part
}

/** The files that make up the site map, from the root: a page itself runs in browsers only, so they are read as text. */
export const siteFiles = (): string[] => ['web/pages.tsx', ...globSync('modules/*/{pages,bare}.tsx', { cwd: root })].toSorted()

/** What a file of the site map imports, as a path from anywhere. */
export const fromSite = (file: string, specifier: string): string =>
  specifier.startsWith('#') ? specifier : `#${posix.join(dirname(file), specifier)}`

/** What the site map says about the pages of entities. */
export const readEntityPages = async (): Promise<EntityPages[]> => (await Promise.all(siteFiles().map(entityPagesIn))).flat()

async function entityPagesIn(path: string): Promise<EntityPages[]> {
  const map = readSource(root, path)
  const imported = new Map<string, string>()
  const calls: SyntaxNode[] = []
  walk(map.program, (node) => {
    if (node.type === 'ImportDeclaration')
      for (const one of node['specifiers'] as SyntaxNode[])
        imported.set(nameOf(one['local']), `${fromSite(path, textOf(node['source'])!)}|${nameOf(one['imported'])}`)
    if (node.type === 'CallExpression' && nameOf(node['callee']) === 'entityPages') calls.push(node)
  })
  return Promise.all(
    calls.map(async (call) => {
      const [thing, facts] = call['arguments'] as SyntaxNode[]
      const [from = '', name = ''] = imported.get(nameOf(thing))!.split('|')
      const module = (await import(from)) as Record<string, Entity>
      const parts = new Map<string, Part>(
        ((facts?.['properties'] ?? []) as SyntaxNode[]).map((one) => [
          nameOf(one['key']),
          partOf(path, one['value'] as SyntaxNode),
        ]),
      )
      const form = parts.get('form') ?? 'generated'
      return {
        entity: module[name]!,
        list: parts.get('list') ?? 'generated',
        create: parts.get('create') ?? form,
        form,
        detail: parts.get('detail') ?? 'generated',
      }
    }),
  )
}

function partOf(map: string, value: SyntaxNode): Part {
  if (value.type === 'Literal' && value['value'] === null) return 'none'
  let file = ''
  walk(value, (node) => {
    if (node.type === 'ImportExpression') file = textOf(node['source']) ?? ''
  })
  return file === '' ? 'generated' : readSource(root, fromSite(map, file).replace('#', ''))
}

/** An attribute of an element on a page written by hand: its value, `true` when it has none, nothing when it is not there. */
export function attribute(page: Source, element: string, name: string): SyntaxNode | true | undefined {
  let found: SyntaxNode | true | undefined
  walk(page.program, (node) => {
    if (node.type !== 'JSXOpeningElement' || nameOf(node['name']) !== element) return
    for (const one of node['attributes'] as SyntaxNode[])
      if (one.type === 'JSXAttribute' && nameOf(one['name']) === name) {
        const value = one['value'] as SyntaxNode | null
        found = value === null ? true : value.type === 'JSXExpressionContainer' ? (value['expression'] as SyntaxNode) : value
      }
  })
  return found
}

/** Does a page written by hand show this element? */
export function shows(page: Source, element: string): boolean {
  let found = false
  walk(page.program, (node) => {
    if (node.type === 'JSXOpeningElement' && nameOf(node['name']) === element) found = true
  })
  return found
}
