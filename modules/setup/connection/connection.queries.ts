import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { adapterNamed, adapters, type Adapter } from '#kit/server/outside/adapter.ts'
import { describe } from '#kit/server/outside/trial.ts'
import { titlesFor } from '#kit/server/list/list.ts'
import { connectionKey } from './connection.ts'

async function shown({ db, actor }: Reading, wanted: readonly Adapter[]) {
  const rows = await describe(db, wanted)
  const people = rows.flatMap(({ test, fields }) => [test?.by, ...fields.map((one) => one.setBy)].filter((id) => id != null))
  const names = await titlesFor(
    db,
    actor,
    people.map((id) => ['access_user', id] as const),
  )
  return rows.map(({ fields, test, ...row }) => ({
    ...row,
    mayChange: !row.carriesKeys || actor.isOwner === true,
    fields: fields.map(({ setBy, ...field }) => ({ ...field, setByName: names[setBy ?? ''] ?? null })),
    test: test && { ...test, byName: names[test.by ?? ''] ?? null },
  }))
}

/** All services of others that Duka can be connected with, and how each stands. */
export const listConnections = query({
  name: 'access.listConnections',
  can: 'access.connection.edit',
  input: z.object({}),
  run: async (reading) => ({ rows: await shown(reading, adapters()) }),
})

/** One of them, with what was filled in; of secrets no more than that they are set. */
export const showConnection = query({
  name: 'access.showConnection',
  can: 'access.connection.edit',
  input: connectionKey,
  async run(reading, { name }) {
    const of = adapterNamed(name)
    if (!of) throw CommonProblem.notFound()
    return { connection: (await shown(reading, [of]))[0]! }
  },
})
