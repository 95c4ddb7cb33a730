import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root, type Figure } from './lib.ts'

interface Chunk {
  readonly file: string
  readonly src?: string
  readonly imports?: readonly string[]
}

/** What a till fetches before it can be used for the first time: the entry, the page, and all that they import, as it is sent. */
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
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  for (const [key, chunk] of Object.entries(manifest))
    if (page.includes(chunk.file) || chunk.src?.endsWith('till/sell.page.tsx')) visit(key)
  const sizes = [...needed]
    .filter((key) => manifest[key]!.file.endsWith('.js'))
    .map((key) => statSync(join(dist, `${manifest[key]!.file}.br`)).size)
  const total = sizes.reduce((all, size) => all + size, 0) / 1000
  const english = readdirSync(join(dist, 'assets')).find((file) => /^en-.*\.js$/.test(file))
  const words = english ? statSync(join(dist, 'assets', `${english}.br`)).size / 1000 : 0
  return [
    {
      what: 'first load of the till, script',
      value: total + words,
      unit: 'kB',
      promise: '< 250 kB compressed',
      kept: total + words < 250,
      note: `${needed.size} files, of it ${words.toFixed(0)} kB words`,
    },
  ]
}
