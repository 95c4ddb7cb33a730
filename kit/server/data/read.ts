import type pg from 'pg'

/**
 * A part of what is read together: a SELECT under a name, by which later parts may read its columns. Numbers of 64 bits are
 * selected as text, because they come as JSON.
 */
export interface Read<Row> {
  /** The part's name in the statement. One name has one text, whatever the values are. */
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
  /** Parts that the SELECT needs beside it, `name as (…)`: what changes rows stands at the top of a statement. */
  readonly before?: string
  readonly __row?: Row
}

export type Reads = Readonly<Record<string, Read<unknown>>>
export type RowsOf<R extends Reads> = { readonly [Name in keyof R]: R[Name] extends Read<infer Row> ? readonly Row[] : never }

const known = new Map<string, { name: string; text: string }>()

/**
 * Reads several things as one statement, in the order in which they stand: a statement of its own for each costs the database
 * and this process more than what it reads. @returns the rows of each part
 */
export async function readTogether<R extends Reads>(client: Pick<pg.PoolClient, 'query'>, parts: R): Promise<RowsOf<R>> {
  const all = Object.values(parts)
  const { rows } = await client.query<{ read: Record<string, unknown[]> }>({
    ...statementFor(all),
    values: all.flatMap(({ values }) => values),
  })
  const { read } = rows[0]!
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, read[part.name] ?? []])) as unknown as RowsOf<R>
}

function statementFor(parts: readonly Read<unknown>[]): { name: string; text: string } {
  const key = parts.map(({ name, values }) => `${name}/${values.length}`).join(' ')
  const found = known.get(key)
  if (found) return found
  let offset = 0
  const shifted = (text: string) => text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + offset}`)
  const tables = parts.flatMap(({ name, text, before, values }) => {
    const made = [...(before ? [shifted(before)] : []), `${name} as (${shifted(text)})`]
    offset += values.length
    return made
  })
  const answer = parts.map(({ name }) => `'${name}', (select json_agg(r) from ${name} r)`)
  const made = {
    name: `reads-${known.size + 1}`,
    text: `with ${tables.join(', ')} select json_build_object(${answer.join(', ')}) as read`,
  }
  known.set(key, made)
  return made
}
