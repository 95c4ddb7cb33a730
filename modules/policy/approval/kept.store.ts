import { keptRows } from '#kit/server/list/keeping.ts'

export const approvalsKept = keptRows(
  'approval',
  { days: 730, least: 30 },
  { table: 'accessApproval', key: 'id', at: 'expiresAt' },
)
