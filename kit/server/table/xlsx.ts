import { parentPort, workerData } from 'node:worker_threads'
import { readSheet } from 'read-excel-file/node'

/**
 * Runs in a thread of its own, because a workbook is unpacked and read in one go: a big one would hold up every till for
 * seconds. Sends the rows of the first sheet as texts, a thousand at a time, and `null` after the last.
 */
const sheet = (await readSheet(Buffer.from(workerData as Uint8Array))) as unknown as unknown[][]
const PORTION = 1000
// oxlint-disable unicorn/require-post-message-target-origin -- that rule is about windows; this is a thread
for (let at = 0; at < sheet.length; at += PORTION)
  parentPort!.postMessage(sheet.slice(at, at + PORTION).map((row) => row.map(cellText)))
parentPort!.postMessage(null)

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '')
  // 0.1 + 0.2 in a sheet is 0.30000000000000004 in the file; fifteen digits are what Excel itself shows.
  if (typeof cell === 'number') return Number.isInteger(cell) ? String(cell) : String(Number(cell.toPrecision(15)))
  return String(cell)
}
