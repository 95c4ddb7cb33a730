import { mkdtemp, rm } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, startServer, type Figure } from './lib.ts'

const STARTS = 5

/** Memory of a process and all below it, in MB: private and its share of what is common (PSS), so nothing counts twice. */
function memoryOf(pid: number): number {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number])
  const family = new Set([pid])
  for (let size = 0; size !== family.size;) {
    size = family.size
    for (const [child, parent] of all) if (family.has(parent)) family.add(child)
  }
  let kilobytes = 0
  for (const one of family) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    } catch {
      // It ended meanwhile.
    }
  }
  return kilobytes / 1024
}

async function isReady(base: string): Promise<boolean> {
  return (await fetch(`${base}/ready`).catch(() => undefined))?.ok === true
}

/** Second starts with its own PostgreSQL, until /ready answers; and what all processes hold when nothing happens. */
export async function bench(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'duka-start-'))
  const times: number[] = []
  const memory: number[] = []
  try {
    for (let start = 0; start <= STARTS; start++) {
      const begun = performance.now()
      const { server, base } = await startServer({ DUKA_DATA: dataDir })
      while (!(await isReady(base))) await new Promise((resolve) => setTimeout(resolve, 5))
      if (start > 0) times.push((performance.now() - begun) / 1000)
      await new Promise((resolve) => setTimeout(resolve, 3000))
      if (start > 0) memory.push(memoryOf(server.pid!))
      await new Promise((resolve) => {
        server.once('exit', resolve)
        server.kill('SIGTERM')
      })
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
  const [seconds, megabytes] = [median(times), median(memory)]
  return [
    {
      what: 'second start to /ready',
      value: seconds,
      unit: 's',
      promise: '< 3 s',
      kept: seconds < 3,
      note: `${STARTS} starts, slowest ${Math.max(...times).toFixed(2)} s`,
    },
    {
      what: 'idle memory, PostgreSQL included',
      value: megabytes,
      unit: 'MB',
      promise: '< 400 MB',
      kept: megabytes < 400,
      note: 'proportional set size of all processes',
    },
  ]
}
