import { isTest, kindOf } from './kinds.ts'
import type { Tree, Violation } from './tree.ts'

interface Edge {
  readonly from: string
  readonly to: string
  readonly path: string
  readonly line: number
  readonly file: string
}

/**
 * The folder of a module in which a file lies, or the room of the kit; files beside the folders are what all of them
 * share, or what shows them all.
 */
const sliceOf = (path: string): string | undefined =>
  /^(?:modules\/([^/]+\/[^/]+)|kit\/((?:server|web)\/[^/]+))\/[^/]+/.exec(path)?.slice(1).find(Boolean)

/** Slices of a module, and the rooms of the kit, stand on each other in one direction: what goes in a circle can be neither read nor moved alone. */
export function checkCircles(tree: Tree): Violation[] {
  const edges = edgesOf(tree)
  const next = Map.groupBy(edges, (edge) => edge.from)
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set<string>()
    const open = [from]
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const edge of next.get(at) ?? []) {
        if (edge.to === to) return true
        if (!seen.has(edge.to)) {
          seen.add(edge.to)
          open.push(edge.to)
        }
      }
    return false
  }
  return edges
    .filter((edge) => reaches(edge.to, edge.from))
    .map(({ from, to, path, line, file }) => ({
      path,
      line,
      rule: `${from} and ${to} stand on each other: loads ${file}`,
      remedy: 'move what both need below them, or what needs both above',
    }))
}

function edgesOf(tree: Tree): Edge[] {
  return tree.sources
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, imports }) => {
      const from = sliceOf(path)
      if (from === undefined) return []
      return imports.flatMap(({ specifier, typeOnly, line }) => {
        const file = tree.resolve(path, specifier)
        const to = file && sliceOf(file)
        // What a page knows of the server are the types of its routes; that is no ground that it stands on.
        const isTold = typeOnly && kindOf(path) === 'web' && /\.(?:routes|crud)\.ts$/.test(file ?? '')
        const isInside = to !== undefined && to.split('/')[0] === from.split('/')[0]
        return isInside && to !== from && !isTold ? [{ from, to, path, line, file: file! }] : []
      })
    })
}
