import { globSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { circumstances, type Figure } from '../bench/lib.ts'

/** `bin/bench [name…]`: measures the promises, one after the other, and writes a table and JSON. Red is a promise not kept. */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = process.argv.slice(2)
const paths = new Map(
  globSync('{bench,modules/*/*}/*.bench.ts', { cwd: root }).map((path) => [basename(path, '.bench.ts'), path] as const),
)
const names = [...paths.keys()].toSorted()
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exit(2)
}

const figures: Figure[] = []
const facts = await circumstances()
for (const name of wanted.length > 0 ? wanted : names) {
  console.error(`  measuring ${name}…`)
  const { bench } = (await import(join(root, paths.get(name)!))) as { bench(): Promise<Figure[]> }
  figures.push(...(await bench()))
}

const round = (value: number) => value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)
const rows = figures.map((one) => [
  one.what,
  `${round(one.value)} ${one.unit}`,
  one.promise,
  one.kept ? 'kept' : 'NOT KEPT',
  one.note ?? '',
])
const head = ['promise', 'measured', 'promised', '', '']
const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
const line = (row: readonly string[]) =>
  row
    .map((cell, column) => cell.padEnd(widths[column]!))
    .join('  ')
    .trimEnd()
const [red, plain] = process.stdout.isTTY ? ['\u001b[31m', '\u001b[0m'] : ['', '']
console.log(
  `\n${Object.entries(facts)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}\n`,
)
console.log(line(head))
for (const [index, row] of rows.entries()) console.log(figures[index]!.kept ? line(row) : `${red}${line(row)}${plain}`)

await mkdir(join(root, 'test-output'), { recursive: true })
await writeFile(join(root, 'test-output/bench.json'), `${JSON.stringify({ ...facts, figures }, null, 2)}\n`)
console.log('\nAlso in test-output/bench.json.')
process.exit(figures.every((one) => one.kept) ? 0 : 1)
