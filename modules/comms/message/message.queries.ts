import { z } from 'zod'
import { query } from '#kit/server/command.ts'
import { getRow } from '#kit/server/crud.ts'
import { hasMail } from '../mail/mail.store.ts'
import { hasSms } from '../sms/sms.store.ts'
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

/** Whether messages leave this installation, or are kept to be read on their page. */
export const showServers = query({
  name: 'comms.showServers',
  can: 'comms.message.read',
  input: z.object({}),
  run: async () => ({ mail: hasMail(), sms: hasSms() }),
})
