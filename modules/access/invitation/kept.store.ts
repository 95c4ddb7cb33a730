import { keptRows } from '#kit/server/list/keeping.ts'

export const invitationsKept = keptRows(
  'invitation',
  { days: 365, least: 7 },
  { table: 'accessInvitation', key: 'id', at: 'expiresAt' },
)
