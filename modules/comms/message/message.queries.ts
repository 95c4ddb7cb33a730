import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { outgoing, SECRET } from './message.ts'
import { masked } from './message.store.ts'

/** One message with a mark in the place of every code and link. */
export const showMessage = query({
  name: 'comms.showMessage',
  can: 'comms.message.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const { row, refs } = await getRow(reading, outgoing, id)
    const body = masked(row as { template: string; body: string })
    return { row: { ...row, body }, refs, hasSecret: body.includes(SECRET) }
  },
})
