import { exportTold } from '#kit/server/list/export.ts'
import { memoText } from '../memo.rules.ts'
import { entry } from './entry.ts'

/** What an entry is for, as its page tells it. */
export const memosTold = exportTold(entry, 'memo', (t, row) => memoText(t, row as unknown as Parameters<typeof memoText>[1]))
