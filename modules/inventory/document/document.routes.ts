import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { reachOf } from '#kit/access.ts'
import { query } from '#kit/server/command.ts'
import { crud, getRow } from '#kit/server/crud.ts'
import { Download } from '#kit/server/export.ts'
import { routes } from '#kit/server/http.ts'
import { paperPdf } from '#kit/server/paper.ts'
import { countPaper } from '#kit/server/printed.ts'
import { writingOf } from '#modules/places/index.ts'
import { adjustStock, countStock, receiveStock, transferStock } from './document.commands.ts'
import { compareCount } from './count.queries.ts'
import { issuedOf, paperOf } from './paper.store.ts'
import { stockDocument } from './document.ts'

const { list, exported } = crud(stockDocument, {}, { creatable: false })

const showDocument = query({
  name: 'inventory.showDocument',
  can: 'inventory.stock.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const found = await getRow(reading, stockDocument, id)
    const seesCost = reachOf(reading.actor, 'catalog.cost.read') !== undefined
    const { rows: lines } = await sql<Record<string, unknown>>`
      select l.id, l.variant, coalesce(l.name, v.name) as name, coalesce(l.sku, v.sku) as sku, l.quantity, l.expected, ${seesCost ? sql`l.unit_cost` : sql`null`} as unit_cost, l.price_unit, l.unit, t.code as lot, t.expires_on
      from inventory_document_line l join catalog_variant_fact v on v.id = l.variant left join inventory_lot t on t.id = l.lot
      where l.document = ${id} order by l.position`.execute(reading.db)
    return { ...found, lines }
  },
})

/** The paper to sign and file, on A4. */
const documentPdf = query({
  name: 'inventory.documentPdf',
  can: 'inventory.stock.read',
  input: z.object({ id: z.uuid(), locale: localeSchema.optional() }),
  async run({ ctx, db }, { id, locale }) {
    const shown = await showDocument(ctx, { id })
    const issued = await issuedOf(db, id)
    const writing = await writingOf(db, String(shown.row['place']), locale, issued.letterhead)
    // What is not posted yet is no paper that there could be a copy of.
    const isCopy = issued.letterhead !== null && (await countPaper(ctx, { table: stockDocument.table, id })).copy
    const paper = {
      ...paperOf({ ...shown, refs: { ...shown.refs, ...issued.names } }, writing),
      copy: isCopy ? writing.t('receipt.copy') : null,
    }
    return new Download(Readable.from([await paperPdf(paper)]), `${paper.number}.pdf`, 'application/pdf', { inline: true })
  },
})

export const documentRoutes = routes({
  'GET /inventory/documents': list,
  'GET /inventory/documents/export': exported,
  'GET /inventory/documents/:id': showDocument,
  'GET /inventory/documents/:id/paper.pdf': documentPdf,
  'POST /inventory/receipts': receiveStock,
  'POST /inventory/adjustments': adjustStock,
  'POST /inventory/counts': countStock,
  'POST /inventory/counts/comparison': compareCount,
  'POST /inventory/transfers': transferStock,
})
