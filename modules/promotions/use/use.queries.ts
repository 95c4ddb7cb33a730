import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { promotion } from '../promotion/promotion.ts'
import { usedSoFar } from './use.store.ts'

/** How often a promotion was used, and what it gave: what was taken back does not count. */
export const showUsed = query({
  name: 'promotions.use.show',
  can: 'promotions.promotion.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    await getRow(reading, promotion, id)
    return usedSoFar(reading.db, id)
  },
})
