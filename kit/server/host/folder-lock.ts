import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartProblem } from './start-problem.ts'

/**
 * Holds the data folder for this process. A lock that a killed process left behind is taken over.
 * @returns how to let go
 * @throws StartProblem when another copy runs here, or the folder cannot be written
 */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'duka.lock')
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o711 })
    for (let attempt = 0; attempt < 3; attempt++) {
      const mine = await take(path)
      if (mine) return () => letGo(path, mine)
      const text = await readFile(path, 'utf8').catch(() => undefined)
      // Let go meanwhile.
      if (text === undefined) continue
      const holder = holderIn(text)
      if (isHeld(holder)) {
        throw new StartProblem(
          `The data folder ${dataDir} is in use by another Duka (process ${holder.pid}). Stop that one, or choose another folder with DUKA_DATA.`,
        )
      }
      const taken = await takeOver(path, text)
      if (taken) return () => letGo(path, taken)
    }
  } catch (error) {
    if (error instanceof StartProblem) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw new StartProblem(`The disk of ${dataDir} is full. Make room and start again.`)
    throw new StartProblem(
      `The data folder ${dataDir} can’t be written (${code ?? (error as Error).message}). Choose another one with DUKA_DATA, or give this user the right to write there.`,
    )
  }
  throw new StartProblem(`The data folder ${dataDir} could not be locked. Is another Duka starting there?`)
}

/**
 * Makes the lock with what stands in it, in one step: written under a name of its own first, and then linked to the name that
 * counts, which only one can. There is no moment in which it is there and empty.
 * @returns what stands in it, or nothing when there is one already
 */
async function take(path: string): Promise<string | undefined> {
  const content = contentOf()
  const own = `${path}.${nameOf(content)}`
  try {
    await writeFile(own, content, { mode: 0o600, flag: 'wx' })
    await link(own, path)
    return content
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return undefined
  } finally {
    await rm(own, { force: true })
  }
}

/** Only one's own lock is let go. */
async function letGo(path: string, content: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === content) await rm(path, { force: true })
}

/**
 * Puts one's own lock in the place of one whose holder was killed. Only who has claimed to come after exactly that one does
 * it, so that nobody takes away the newer lock of somebody who was quicker; a claim is made as a lock is, in one step.
 * @returns what stands in one's own lock, or nothing when somebody else was quicker
 */
async function takeOver(path: string, left: string): Promise<string | undefined> {
  const claims: string[] = []
  for (let key = nameOf(left); ;) {
    const claim = `${path}.after-${key}`
    const claimed = await take(claim)
    claims.push(claim)
    if (claimed) break
    const other = await readFile(claim, 'utf8').catch(() => undefined)
    if (other === undefined || isHeld(holderIn(other))) return undefined
    // Who claimed it was killed as well: whoever comes after that one.
    key = nameOf(`${key} ${other}`)
  }
  const mine = contentOf()
  const own = `${path}.${nameOf(mine)}`
  try {
    if ((await readFile(path, 'utf8').catch(() => undefined)) !== left) return undefined
    await writeFile(own, mine, { mode: 0o600, flag: 'wx' })
    await rename(own, path)
    return mine
  } finally {
    await rm(own, { force: true })
    for (const claim of claims.toReversed()) await rm(claim, { force: true })
  }
}

const contentOf = (): string => JSON.stringify({ pid: process.pid, born: bornOf(process.pid), mark: randomUUID() })
const nameOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)
const isHeld = ({ pid, born }: Holder): boolean => pid !== undefined && isAlive(pid) && bornOf(pid) === born

interface Holder {
  readonly pid?: number
  readonly born?: string | null
}
/** A file that was cut off names nobody. */
function holderIn(text: string): Holder {
  try {
    return (JSON.parse(text) as Holder | null) ?? {}
  } catch {
    return {}
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** It has ended, and only its parent has not taken notice yet; in a container that may take for ever. Linux only. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** When a process began, in the kernel's ticks: a number that was given to another process since is told apart. Linux only. */
function bornOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null
  } catch {
    return null
  }
}
