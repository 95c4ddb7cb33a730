import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `bin/libraries`: which libraries are older than docs/security.md allows. A newer version that has been out for longer than
 * thirty days, or a version that its authors have withdrawn, is named, and the exit code is 1.
 */
const DAYS = 30
const DAY_MS = 86_400_000
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>
// Whichever registry this machine installs from.
const registry =
  process.env['DUKA_REGISTRY'] ??
  execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', shell: process.platform === 'win32' }).trim()

interface Told {
  readonly 'dist-tags': { readonly latest: string }
  readonly time?: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, { readonly deprecated?: string }>>
}

async function judge([name, version]: [string, string]): Promise<string | undefined> {
  const response = await fetch(`${registry.replace(/\/$/, '')}/${name.replace('/', '%2f')}`, { redirect: 'error' })
  if (!response.ok) return `${name}: the registry answered ${response.status}`
  const { 'dist-tags': tags, time = {}, versions } = (await response.json()) as Told
  const withdrawn = versions[version]?.deprecated
  if (withdrawn) return `${name} ${version} was withdrawn: ${withdrawn}`
  const days = Math.floor((Date.now() - Date.parse(time[tags.latest] ?? '')) / DAY_MS)
  if (tags.latest === version || !(days > DAYS) || isBehind(tags.latest, version)) return undefined
  return `${name} ${version}: ${tags.latest} has been out for ${days} days`
}

/** Is what is called the newest older than what is used? A beta may be used on purpose. */
function isBehind(latest: string, version: string): boolean {
  const [a, b] = [latest, version].map((text) => text.split(/[.-]/).map((part) => Number(part)))
  const at = a!.findIndex((part, index) => part !== b![index])
  return at >= 0 && (a![at] ?? 0) < (b![at] ?? 0)
}

const all = Object.entries({ ...dependencies, ...devDependencies }).toSorted()
const old: string[] = []
for (let at = 0; at < all.length; at += 8) {
  const told = await Promise.all(all.slice(at, at + 8).map(judge))
  old.push(...told.filter((one) => one !== undefined))
}
for (const one of old) console.log(one)
console.log(`${all.length - old.length} of ${all.length} libraries are as new as they should be`)
process.exit(old.length === 0 ? 0 : 1)
