#!/usr/bin/env node
// Verifies an exported audit trail by itself: no dependencies, nothing of Duka, so that it can be read in five minutes and
// kept elsewhere. `node verify-audit.ts <trail> [<checkpoints> <key.pem>] [<seq>:<hash>…]`, with what `bin/export-audit` and the data folder give.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

interface Seal {
  seq: string
  at: string
  entries: number
  root: string
  previous: string
  hash: string
}
const UNSEALED_SECONDS = 900

class Bad extends Error {}
const sha = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

/** RFC 6962: the root over the hashes of the leaves. */
function rootOf(leaves: Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return sha(NODE, rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)))
}

/** The link that has just been read whole: its entries, its own hash, and that it follows the one before. */
function judge(seal: Seal | undefined, leaves: Buffer[], before: Seal | undefined): void {
  if (!seal) return
  const wanted = BigInt(before?.seq ?? 0) + 1n
  if (BigInt(seal.seq) !== wanted) throw new Bad(`seal ${wanted} is missing; ${seal.seq} comes in its place`)
  if (seal.previous !== (before?.hash ?? '0'.repeat(64))) throw new Bad(`seal ${seal.seq} does not follow the one before it`)
  if (leaves.length !== seal.entries) throw new Bad(`seal ${seal.seq} had ${seal.entries} entries and has ${leaves.length}`)
  if (rootOf(leaves).toString('hex') !== seal.root) throw new Bad(`the entries of seal ${seal.seq} were swapped or replaced`)
  const { seq, at, entries, root, previous } = seal
  if (sha(`${seq} ${at} ${entries} ${root} ${previous}`).toString('hex') !== seal.hash) throw new Bad(`seal ${seq} was changed`)
}

async function verifyTrail(path: string, hashes: Map<string, string>): Promise<{ entries: number; seals: number }> {
  let seal: Seal | undefined
  let before: Seal | undefined
  let leaves: Buffer[] = []
  let entries = 0
  const finish = () => {
    judge(seal, leaves, before)
    if (seal) hashes.set(seal.seq, seal.hash)
    before = seal ?? before
  }
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line.startsWith('E ')) {
      // E <id> <hash, 64> <text>
      const [id, stored, text] = [line.slice(2, 38), line.slice(39, 103), line.slice(104)]
      if (text === '-') throw new Bad(`entry ${id} is missing (seal ${seal?.seq})`)
      const leaf = sha(LEAF, text)
      if (leaf.toString('hex') !== stored) throw new Bad(`entry ${id} was changed (seal ${seal?.seq})`)
      if (!text.startsWith(`[1, "${id}"`)) throw new Bad(`entry ${id} stands in the place of another (seal ${seal?.seq})`)
      leaves.push(leaf)
      entries += 1
    } else if (line.startsWith('S ')) {
      finish()
      seal = JSON.parse(line.slice(2)) as Seal
      leaves = []
    } else if (line.startsWith('U ')) {
      const [, id, seconds] = line.split(' ')
      if (Number(seconds) > UNSEALED_SECONDS)
        throw new Bad(`entry ${id} was never sealed: it was put in later, or its seal taken away`)
    } else if (line !== '') throw new Bad(`a line that is none of ours: ${line.slice(0, 60)}`)
  }
  finish()
  return { entries, seals: hashes.size }
}

/** Every checkpoint is signed, and the chain still has the link that it names: so no tail was cut off before it. */
function verifyCheckpoints(path: string, keyPath: string, hashes: Map<string, string>): number {
  const key = createPublicKey(readFileSync(keyPath))
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  for (const line of lines) {
    const { seq, hash, at, signature } = JSON.parse(line) as Record<string, string>
    if (!verify(null, Buffer.from(`duka audit ${seq} ${hash} ${at}`), key, Buffer.from(signature!, 'base64')))
      throw new Bad(`the checkpoint of seal ${seq} is forged`)
    const found = hashes.get(seq!)
    if (!found) throw new Bad(`the trail ends before seal ${seq}, which a checkpoint of ${at} names: its tail was cut off`)
    if (found !== hash) throw new Bad(`seal ${seq} is another than the one that was signed on ${at}: the trail was rewritten`)
  }
  return lines.length
}

/** What a paper shows, `<seq>:<the beginning of the hash>`, is still a link of the chain. */
function verifyPaper(shown: string, hashes: Map<string, string>): void {
  const [seq = '', start = ''] = shown.split(':')
  const found = hashes.get(seq)
  if (!found) throw new Bad(`the trail ends before seal ${seq}, which a paper shows: its tail was cut off`)
  if (!found.startsWith(start)) throw new Bad(`seal ${seq} is another than the one that was printed: the trail was rewritten`)
}

/** @returns the sentence that says that all is whole. @throws Bad with the first thing that is not */
export async function verifyAudit(trail: string, papers: string[], checkpoints?: string, key?: string): Promise<string> {
  const hashes = new Map<string, string>()
  const { entries, seals } = await verifyTrail(trail, hashes)
  for (const paper of papers) verifyPaper(paper, hashes)
  const signed = checkpoints && key ? verifyCheckpoints(checkpoints, key, hashes) : 0
  return `The trail is whole: ${entries} entries in ${seals} seals, ${signed} checkpoints.`
}

if (import.meta.main) {
  const papers = process.argv.slice(2).filter((one) => /^\d+:[0-9a-f]+$/.test(one))
  const [trail, checkpoints, key] = process.argv.slice(2).filter((one) => !papers.includes(one))
  if (!trail || (checkpoints && !key)) {
    console.error('verify-audit <trail> [<checkpoints.ndjson> <checkpoint-key.pem>] [<seq>:<hash of a paper>…]')
    process.exit(2)
  }
  await verifyAudit(trail, papers, checkpoints, key).then(console.log, (error: unknown) => {
    console.error(error instanceof Bad ? `NOT WHOLE: ${error.message}` : error)
    process.exitCode = 1
  })
}
