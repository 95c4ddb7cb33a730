import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { newId } from '../../id.ts'

/** Where bytes lie. Local disk now; an S3 store has the same four verbs. Keys are ids, never what people typed. */
export interface ByteStore {
  put(key: string, bytes: Buffer): Promise<void>
  /** Takes over a file of this machine. */
  take(key: string, path: string): Promise<void>
  get(key: string): Promise<{ stream: Readable; size: number }>
  remove(key: string): Promise<void>
  /** All of ours that lies there and was written before a moment; also what was never written to its end. */
  older(than: Temporal.Instant): AsyncIterable<string>
}

/** Bytes under the name that they have until all of them are written. */
export const isPart = (key: string): boolean => key.endsWith('.part')
const KEY = /^[a-z]+\/[0-9a-f-]{36}(\.[a-z]+)?$/
const PART = /^([a-z]+\/[0-9a-f-]{36}(?:\.[a-z]+)?)(\.[0-9a-f-]{36}\.part)$/

export function diskStore(root: string): ByteStore {
  const pathOf = async (key: string) => {
    if (!KEY.test(key)) throw new Error('not a key of ours')
    const [kind = '', name = ''] = key.split('/')
    // UUIDv7 begins with the time; its last part is random, so it spreads files over folders.
    const folder = join(root, kind, name.slice(24, 26))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return join(folder, name)
  }
  const partOf = async (key: string) => {
    const [, whose = '', rest = ''] = PART.exec(key) ?? []
    return (await pathOf(whose)) + rest
  }
  return {
    async put(key, bytes) {
      const path = await pathOf(key)
      await whole(path, (part) => writeFile(part, bytes, { mode: 0o600, flush: true }))
    },
    async take(key, path) {
      const target = await pathOf(key)
      await whole(target, (part) => copyFile(path, part))
    },
    async get(key) {
      const path = await pathOf(key)
      const { size } = await stat(path)
      return { stream: createReadStream(path), size }
    },
    remove: async (key) => rm(isPart(key) ? await partOf(key) : await pathOf(key), { force: true }),
    async *older(than) {
      for (const kind of await readdir(root).catch(() => []))
        for (const folder of await readdir(join(root, kind)).catch(() => []))
          for (const name of await readdir(join(root, kind, folder)).catch(() => [])) {
            const key = `${kind}/${name}`
            // What somebody else left in the folder is theirs.
            if (!KEY.test(key) && !PART.test(key)) continue
            const found = await stat(join(root, kind, folder, name)).catch(() => undefined)
            if (found?.isFile() && found.mtimeMs < than.epochMilliseconds) yield key
          }
    },
  }
}

/** Written beside it under a name of its own and then put in its place: whoever reads finds the one or the other, whole. */
async function whole(path: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${path}.${newId()}.part`
  try {
    await write(part)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

let current: ByteStore | undefined
export const useStore = (store: ByteStore): void => {
  current = store
}
/** The store of this process. @throws Error when the program forgot to choose one */
export function bytes(): ByteStore {
  if (!current) throw new Error('no byte store was chosen')
  return current
}
