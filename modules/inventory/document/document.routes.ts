import { Readable } from 'node:stream'
import { z } from 'zod'
import { may, type Actor } from '#kit/access.ts'
import { localeSchema } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { documentRoutes } from '#kit/server/document/document.ts'
import { query } from '#kit/server/door/command.ts'
import { Download } from '#kit/server/list/export.ts'
import { routes } from '#kit/server/edge/http.ts'
import { paperPdf } from '#kit/server/paper/paper.ts'
import { countPaper } from '#kit/server/paper/printed.ts'
import { writingOf } from '#modules/places/index.ts'
import { countStock } from './document.commands.ts'
import { postDraft, postNew, receiveDraft, receiveNew, voidDraft } from './draft.commands.ts'
import { draftHooks } from './draft.store.ts'
import { reverseDocument } from './reversal.commands.ts'
import { compareCount } from './count.queries.ts'
import { findShortages } from './shortage.queries.ts'
import { issuedOf, paperOf } from './paper.store.ts'
import { stockDocument } from './document.ts'

/** List, page, draft, history and export, as every document has them. */
const drafts = documentRoutes(stockDocument, draftHooks('inventory.document.write'))
const showDocument = drafts['GET /inventory/documents/:id']

/** The paper to sign and file, on A4. */
const documentPdf = query({
  name: 'inventory.documentPdf',
  can: 'inventory.stock.read',
  input: z.object({ id: z.uuid(), locale: localeSchema.optional() }),
  async run({ ctx, db }, { id, locale }) {
    const shown = await showDocument(ctx, { id })
    if (shown.row.state !== 'posted') throw CommonProblem.wrongStep({ state: String(shown.row.state) })
    const issued = await issuedOf(db, id)
    const writing = await writingOf(db, String(shown.row['place']), locale, issued.letterhead)
    const isCopy =
      !mayPost(ctx.actor, String(shown.row['place'])) || (await countPaper(ctx, { table: stockDocument.table, id })).copy
    const paper = {
      ...paperOf({ ...shown, refs: { ...shown.refs, ...issued.names } }, writing),
      copy: isCopy ? writing.t('receipt.copy') : null,
    }
    return new Download(Readable.from([await paperPdf(paper)]), `${paper.number}.pdf`, 'application/pdf', { inline: true })
  },
})

/** Who only looks at stock gets copies, and leaves the original to those who post papers. */
const mayPost = (actor: Actor, place: string): boolean =>
  may(actor, 'inventory.stock.receive', place) || may(actor, 'inventory.stock.adjust', place)

export const stockPaperRoutes = routes({
  ...drafts,
  'GET /inventory/documents/:id/paper.pdf': documentPdf,
  'POST /inventory/documents/receive': receiveNew,
  'POST /inventory/documents/post': postNew,
  'POST /inventory/documents/:id/receive': receiveDraft,
  'POST /inventory/documents/:id/post': postDraft,
  'POST /inventory/documents/:id/void': voidDraft,
  'POST /inventory/documents/:id/reversal': reverseDocument,
  'POST /inventory/counts': countStock,
  'POST /inventory/counts/comparison': compareCount,
  'POST /inventory/shortages': findShortages,
})
