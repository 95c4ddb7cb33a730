import { isTest, kindOf } from './kinds.ts'
import { nameOf, walk } from './source.ts'
import type { Tree, Violation } from './tree.ts'

/** A page reads the rows of its routes: their type is told by these, or it says nothing when the answer is another. */
export function checkRows({ sources }: Tree): Violation[] {
  return sources
    .filter(({ path }) => /^(?:modules|web)\//.test(path) && path.endsWith('.tsx') && kindOf(path) === 'web' && !isTest(path))
    .flatMap(({ path, program, lineOf }) => {
      const found: Violation[] = []
      walk(program, (node) => {
        const isShape = node.type === 'TSInterfaceDeclaration' && nameOf(node['id']).endsWith('Row')
        if (isShape)
          found.push({
            path,
            line: lineOf(node.start),
            rule: `declares the shape of a row, ${nameOf(node['id'])}`,
            remedy: 'take it from the route: OutputOf<typeof saleRoutes, ‘GET /pos/sales’>, or WireOf<typeof sale>',
          })
      })
      return found
    })
}
