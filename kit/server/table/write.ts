import { Readable } from 'node:stream'
export interface Column { readonly name: string; readonly type: 'text' | 'number' | 'date' | 'money'; readonly decimals?: number }
export const writeCsv = (columns: readonly Column[], rows: AsyncIterable<string[]>): Readable => { void columns; return Readable.from(rows) }
export const writeXlsx = async (columns: readonly Column[], rows: AsyncIterable<string[]>): Promise<Buffer> => { void columns; void rows; return Buffer.alloc(0) }
