import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root, type Figure } from './lib.ts'

interface Chunk {
  readonly file: string
  readonly src?: string
  readonly imports?: readonly string[]
  readonly isEntry?: boolean
}

/** What a till fetches before it can be used for the first time: the entry, the page, and all that they import. */
export async function bench(): Promise<Figure[]> {
  const dist = join(root, 'dist')
  if (!existsSync(join(dist, '.vite/manifest.json')))
    execFileSync('node', [join(root, 'bin/launch.mjs'), 'build'], { stdio: 'inherit' })
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const needed = new Set<string>()
  const visit = (key: string) => {
    if (needed.has(key)) return
    needed.add(key)
    for (const next of manifest[key]?.imports ?? []) visit(next)
  }
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry || chunk.src?.endsWith('till/sell.page.tsx')) visit(key)
  const sizes = [...needed].map((key) => gzipSync(readFileSync(join(dist, manifest[key]!.file))).length)
  const total = sizes.reduce((all, size) => all + size, 0) / 1000
  const english = readdirSync(join(dist, 'assets')).find((file) => /^en-.*\.js$/.test(file))
  const words = english ? gzipSync(readFileSync(join(dist, 'assets', english))).length / 1000 : 0
  return [
    {
      what: 'first load of the till, script',
      value: total + words,
      unit: 'kB',
      promise: '< 250 kB gzip',
      kept: total + words < 250,
      note: `${needed.size} files, of it ${words.toFixed(0)} kB words`,
    },
  ]
}
