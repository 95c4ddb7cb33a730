import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { historyOf } from '#kit/server/list/crud.ts'
import { role } from '#modules/access/role/role.ts'

/** A role's life, with what it was allowed and no longer is, though its lines are no field of its row. */
export const showRoleHistory = query({
  name: 'access.showRoleHistory',
  can: 'access.user.read',
  input: z.object({ id: z.uuid() }),
  run: (reading, { id }) => historyOf(reading, role, id),
})
