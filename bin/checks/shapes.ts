import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPage, isTest } from './kinds.ts'
import { nameOf, walk, type SyntaxNode } from './source.ts'
import type { Tree, Violation } from './tree.ts'

const LINES = 500
const mayHaveDefault = (path: string): boolean =>
  isPage(path) || /^modules\/[^/]+\/module\.ts$/.test(path) || path.endsWith('.config.ts')

/** Every page is on the site map: named in the manifest of its module, or, for the generated pages of the kit, where those are made. */
export function checkPages({ sources, resolve }: Tree): Violation[] {
  const isMap = (path: string) =>
    /^(?:web\/pages|modules\/[^/]+\/(?:pages|bare))\.tsx$/.test(path) || (path.startsWith('kit/web/') && !isTest(path))
  const named = new Set(
    sources
      .filter(({ path }) => isMap(path))
      .flatMap(({ path, imports }) => imports.map(({ specifier }) => resolve(path, specifier))),
  )
  return sources
    .filter(({ path }) => isPage(path) && !named.has(path))
    .map(({ path }) => ({
      path,
      line: 1,
      rule: 'a page that is not on the site map',
      remedy: 'name it in pages.tsx of its module, or leave .page out of the name of a part',
    }))
}

/** A thing has one name everywhere, so nothing is exported without one but manifests, pages and configuration. */
export function checkDefaults({ sources }: Tree): Violation[] {
  return sources
    .filter(({ path }) => !mayHaveDefault(path))
    .flatMap(({ path, program, lineOf }) =>
      defaultsOf(program).map((at) => ({ path, line: lineOf(at), rule: 'a default export', remedy: 'export it by its name' })),
    )
}

function defaultsOf(program: SyntaxNode): number[] {
  const found: number[] = []
  walk(program, (node) => {
    if (node.type === 'ExportDefaultDeclaration' || (node.type === 'ExportSpecifier' && nameOf(node['exported']) === 'default'))
      found.push(node.start)
  })
  return found
}

/** Files that have grown long: a warning, because some read better whole. */
export function longFiles({ sources }: Tree): Violation[] {
  return sources
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > LINES && !path.startsWith('db/'))
    .map(({ path, lines }) => ({ path, line: lines, rule: `${lines} lines`, remedy: 'see whether it holds two things' }))
}

/** Type has one scale and two weights (web/theme.ts): what is written beside them is one more that nobody chose. */
export function checkType({ root }: Pick<Tree, 'root'>): Violation[] {
  return globSync('{kit,web,modules}/**/*.css', { cwd: root }).flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((text, at) =>
        /font-size: [\d.]+(?:px|rem|em)|font-weight: (?!400|600)/.test(text)
          ? [
              {
                path,
                line: at + 1,
                rule: 'type beside the scale',
                remedy: 'use var(--mantine-font-size-…): xs, sm, md, lg or xl; the weight 400 or 600',
              },
            ]
          : [],
      ),
  )
}
