import { Readable } from 'node:stream'
import { z } from 'zod'
import { escpos } from '#kit/escpos.ts'
import { query } from '#kit/server/door/command.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { Download } from '#kit/server/list/export.ts'
import { shift } from '../shift/shift.ts'
import { notePulse } from './drawer.commands.ts'
import { DrawerProblem } from './drawer.ts'
import { causeOf } from './drawer.store.ts'

/** The bytes that open the drawer of a shift, for a printer: once for what it is opened for. */
export const drawerEscpos = query({
  name: 'pos.drawerEscpos',
  can: 'pos.shift.read',
  input: z.object({ id: z.uuid(), document: z.uuid() }),
  async run(reading, { id, document }) {
    await getRow(reading, shift, id)
    const cause = await causeOf(reading.db, document)
    if (cause?.shift !== id || !(await notePulse(reading.ctx, { document })).opens) throw DrawerProblem.noCash()
    const bytes = Buffer.from([...escpos.init(), ...escpos.drawer()])
    return new Download(Readable.from([bytes]), 'drawer.bin', 'application/octet-stream')
  },
})
