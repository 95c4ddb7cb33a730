import type { Drawn } from '#kit/server/file.ts'
import { readImage } from '#kit/server/image.ts'
import { importExtra, type Awaited } from '#kit/server/import/extra.ts'
import { fetchOutside } from '#kit/server/outside.ts'
import { setImage } from '../product/image.store.ts'
import { pictureAddress, pictureColumn } from './picture.rules.ts'

const MOST_MEGABYTES = 10

/**
 * Pictures of products by their addresses, for whoever asks for them: fetched when the rows are in, one after the other, and kept
 * like one that was sent. A product that has a picture keeps it, so nothing is fetched twice.
 */
importExtra<Drawn>({
  name: 'pictures',
  kind: 'catalog.product',
  can: ['catalog.product.edit'],
  tables: ['file'],
  async fieldsFor(_of, header) {
    const column = pictureColumn(header)
    return column === undefined ? [] : [{ name: 'pictures', column }]
  },
  async take(tx, rows) {
    const wanted = new Map<string, Awaited>()
    for (const { number: row, cells, ids } of rows) {
      const what = pictureAddress(cells['pictures'] ?? '')
      const record = ids['product']
      if (what && record && !wanted.has(record)) wanted.set(record, { row, record, what })
    }
    if (wanted.size === 0) return {}
    const without = await tx.db
      .selectFrom('catalogProduct')
      .select('id')
      .where('id', 'in', [...wanted.keys()])
      .where('image', 'is', null)
      .execute()
    return { later: without.map(({ id }) => wanted.get(id)!), counts: { pictures: BigInt(without.length) } }
  },
  later: {
    get: (address) =>
      fetchOutside(
        address,
        async ({ path, size, name }) => ({ name, ...(await readImage(path, size, { megabytes: MOST_MEGABYTES })) }),
        {
          megabytes: MOST_MEGABYTES,
        },
      ),
    async keep(tx, record, drawn) {
      // Somebody was faster.
      if (await imageOf(tx.db, record)) return []
      const { image } = await setImage(tx, record, drawn)
      return [{ table: 'file', record: image!, created: true, after: { product: record } }]
    },
  },
  async undo(tx, traces) {
    for (const { record, after } of traces) {
      const of = String(after?.['product'])
      // Another picture since then is somebody's own.
      if ((await imageOf(tx.db, of)) === record) await setImage(tx, of, null)
    }
    return { kept: 0, stays: [] }
  },
})

const imageOf = async (db: Parameters<typeof setImage>[0]['db'], id: string): Promise<string | null> =>
  (await db.selectFrom('catalogProduct').select('image').where('id', '=', id).executeTakeFirst())?.image ?? null
