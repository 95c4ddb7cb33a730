import { mkdir, open, readFile, rm } from 'node:fs/promises'
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
      const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
        return undefined
      })
      if (file) {
        await file.write(JSON.stringify({ pid: process.pid, born: bornOf(process.pid) }))
        await file.close()
        return () => rm(path, { force: true })
      }
      const holder = JSON.parse((await readFile(path, 'utf8').catch(() => '')) || '{}') as { pid?: number; born?: string | null }
      if (holder.pid && isAlive(holder.pid) && bornOf(holder.pid) === holder.born) {
        throw new StartProblem(
          `The data folder ${dataDir} is in use by another Duka (process ${holder.pid}). Stop that one, or choose another folder with DUKA_DATA.`,
        )
      }
      await rm(path, { force: true })
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
