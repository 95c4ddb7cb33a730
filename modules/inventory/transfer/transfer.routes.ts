import { Readable } from 'node:stream'
import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { query } from '#kit/server/door/command.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { Download } from '#kit/server/list/export.ts'
import { paperPdf, type Paper } from '#kit/server/paper/paper.ts'
import { writingOf } from '#modules/places/index.ts'
import { documentRoutes } from '#kit/server/document/document.ts'
import { routes } from '#kit/server/edge/http.ts'
import {
  approveTransfer,
  cancelTransfer,
  dispatchTransfer,
  recallTransfer,
  receiveTransfer,
  rejectTransfer,
} from './transfer.commands.ts'
import { issuedOf, paperOf } from './paper.store.ts'
import { findTransferable, transferEnds } from './transfer.queries.ts'
import { transferHooks } from './transfer.store.ts'
import { transfer } from './transfer.ts'

const papers = documentRoutes(transfer, transferHooks)

/** With the letterhead that it left with, and both ends as they were called then. */
export async function transferPaper(ctx: Ctx, id: string, locale?: string): Promise<Paper> {
  const shown = await papers['GET /inventory/transfers/:id'](ctx, { id })
  const { db } = ctx.database
  const { letterhead, names } = await issuedOf(db, id)
  const writing = await writingOf(db, String(shown.row['fromPlace']), locale, letterhead)
  return paperOf({ ...shown, refs: { ...shown.refs, ...names } } as never, writing)
}

/** What is picked and goes with the goods, on A4, with the head of the store that sends them. */
const transferPdf = query({
  name: 'inventory.transferPdf',
  can: 'inventory.stock.read',
  input: z.object({ id: z.uuid(), locale: localeSchema.optional() }),
  async run({ ctx }, { id, locale }) {
    const paper = await transferPaper(ctx, id, locale)
    return new Download(Readable.from([await paperPdf(paper)]), `${paper.number}.pdf`, 'application/pdf', { inline: true })
  },
})

export const transferRoutes = routes({
  ...papers,
  'GET /inventory/transfers/:id/paper.pdf': transferPdf,
  'GET /inventory/transfer-ends': transferEnds,
  'GET /inventory/transfer-goods': findTransferable,
  'POST /inventory/transfers/:id/approve': approveTransfer,
  'POST /inventory/transfers/:id/reject': rejectTransfer,
  'POST /inventory/transfers/:id/dispatch': dispatchTransfer,
  'POST /inventory/transfers/:id/receive': receiveTransfer,
  'POST /inventory/transfers/:id/cancel': cancelTransfer,
  'POST /inventory/transfers/:id/recall': recallTransfer,
})
