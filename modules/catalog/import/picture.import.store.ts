import { Problem } from '#kit/problem.ts'
import type { Drawn } from '#kit/server/files/file.ts'
import { readImage } from '#kit/server/files/image.ts'
import { importExtra, type Awaited } from '#kit/server/import/extra.ts'
import type { Refusal } from '#kit/server/import/importable.ts'
import { fetchOutside, refuseAddress } from '#kit/server/outside/fetch.ts'
import { setImage } from '../product/image.store.ts'
import { pictureAddresses, pictureColumn } from './picture.rules.ts'

const MOST_MEGABYTES = 10

/**
 * Pictures of products by their addresses, for whoever asks for them: fetched when the rows are in, one after the other, and kept
 * like one that was sent. A product that has a picture keeps it, so nothing is fetched twice.
 */
export const picturesImport = importExtra<Drawn>({
  name: 'pictures',
  kind: 'catalog.product',
  can: ['catalog.product.edit'],
  tables: ['file'],
  async fieldsFor(_of, header) {
    const column = pictureColumn(header)
    return column === undefined ? [] : [{ name: 'pictures', column }]
  },
  async take(tx, rows) {
    const said = rows.flatMap(({ number: row, cells, ids: { product: record } }) =>
      record ? pictureAddresses(cells['pictures'] ?? '').map((what): Awaited => ({ row, record, what })) : [],
    )
    if (said.length === 0) return {}
    const without = await tx.db
      .selectFrom('catalogProduct')
      .select('id')
      .where('id', 'in', [...new Set(said.map(({ record }) => record))])
      .where('image', 'is', null)
      .execute()
    const later: Awaited[] = []
    const warnings: Refusal[] = []
    for (const { id } of without) {
      // The first that can be one at all; nobody is promised a picture from what is no address.
      for (const one of said.filter(({ record }) => record === id)) {
        const problem = problemOf(one.what)
        if (!problem) {
          later.push(one)
          break
        }
        const { code, params, message } = problem
        warnings.push({ row: one.row, field: 'pictures', problem: code, params: { ...params, said: message } })
      }
    }
    return { rows: later.map(({ row }) => row), later, warnings, counts: { pictures: BigInt(later.length) } }
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

function problemOf(address: string): Problem | undefined {
  try {
    refuseAddress(address)
    return undefined
  } catch (problem) {
    if (problem instanceof Problem) return problem
    throw problem
  }
}

const imageOf = async (db: Parameters<typeof setImage>[0]['db'], id: string): Promise<string | null> =>
  (await db.selectFrom('catalogProduct').select('image').where('id', '=', id).executeTakeFirst())?.image ?? null
