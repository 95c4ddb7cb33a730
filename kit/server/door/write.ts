import type pg from 'pg'
import type { Write } from './context.ts'

/**
 * Sends changes as few statements: each becomes a part of one `with`, whose constraints are judged when it ends. A sale
 * has ten of them; one statement costs the server and this process a third of what ten do.
 * A change that comes twice goes into a second statement, because a row may be written once in each.
 */
export function writeTogether(client: pg.PoolClient, writes: readonly Write[]): Promise<unknown>[] {
  return groupsOf(writes).map((group) => {
    if (group.length === 1) {
      const [{ name, text, values }] = group as [Write]
      return client.query({ name, text, values: values as unknown[] })
    }
    return client.query({ ...statementFor(group), values: group.flatMap(({ values }) => values) })
  })
}

function groupsOf(writes: readonly Write[]): Write[][] {
  const groups: Write[][] = []
  for (const write of writes) {
    const last = groups.at(-1)
    if (last && !last.some(({ name }) => name === write.name)) last.push(write)
    else groups.push([write])
  }
  return groups
}

const known = new Map<string, { name: string; text: string }>()

function statementFor(group: readonly Write[]): { name: string; text: string } {
  const key = group.map(({ name, values }) => `${name}/${values.length}`).join(' ')
  const found = known.get(key)
  if (found) return found
  let offset = 0
  const parts = group.map(({ text, values }, index) => {
    const shifted = text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + offset}`)
    offset += values.length
    return `w${index} as (${shifted})`
  })
  const made = { name: `writes-${known.size + 1}`, text: `with ${parts.join(', ')} select 1` }
  known.set(key, made)
  return made
}
