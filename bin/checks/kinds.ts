/** Where a file runs, told by its name. `types` is generated from the database and holds nothing else. */
export type Kind = 'pure' | 'server' | 'web' | 'test' | 'types'

export const isTest = (path: string): boolean =>
  /\.(?:test|factory|cases|bench)\.tsx?$/.test(path) ||
  path.startsWith('test/') ||
  path.startsWith('bench/') ||
  path === 'bin/test.ts' ||
  path === 'bin/bench.ts'
/** A test in the browser: it waits for it half of its time. */
export const isJourney = (path: string): boolean => /^test\/journeys\/.*\.test\.ts$|\.journey\.test\.ts$/.test(path)
export const isPage = (path: string): boolean => path.endsWith('.page.tsx')

/** The kind of a file, by its path from the root. */
export function kindOf(path: string): Kind {
  if (isTest(path)) return 'test'
  if (path.startsWith('db/')) return 'types'
  if (path.startsWith('kit/web/') || path.startsWith('web/')) return 'web'
  if (path.startsWith('kit/server/')) return 'server'
  if (path.startsWith('kit/')) return 'pure'
  if (path.startsWith('modules/')) return kindInModule(path)
  return 'server'
}

function kindInModule(path: string): Kind {
  if (path.endsWith('.tsx')) return 'web'
  if (/^modules\/[^/]+\/(?:index|module)\.ts$/.test(path)) return 'server'
  return /\.(?:store|commands|queries|routes|jobs|crud|adapter|simulator)\.ts$/.test(path) ? 'server' : 'pure'
}

/** The module that a file belongs to. */
export const moduleOf = (path: string): string | undefined => /^modules\/([^/]+)\//.exec(path)?.[1]

/** Whose tables a file may name: those of its module, those of the kit, or nobody's. */
export const ownerOf = (path: string): string | undefined => moduleOf(path) ?? (path.startsWith('kit/') ? 'kit' : undefined)

const layers: Readonly<Record<string, number>> = {
  routes: 4,
  jobs: 4,
  crud: 3,
  commands: 3,
  queries: 3,
  adapter: 3,
  simulator: 3,
  store: 2,
  rules: 2,
}

/** How high a file stands in its slice: definition 1, store and rules 2, commands and queries 3, routes and jobs 4. */
export function layerOf(path: string): number | undefined {
  if (!/^modules\/[^/]+\/.+\/[^/]+\.ts$/.test(path) || isTest(path)) return undefined
  return layers[/\.([a-z]+)\.ts$/.exec(path)?.[1] ?? ''] ?? 1
}
