import type { Tx } from '#kit/server/door/context.ts'
import { catalogChanged } from './changed.ts'

/** What tills show of an article was changed by a plain form: they hear of it. */
export const tellsTills = {
  afterCreate: async (tx: Tx) => tx.emit(catalogChanged, { product: null }),
  afterChange: async (tx: Tx) => tx.emit(catalogChanged, { product: null }),
  beforeArchive: (tx: Tx) => tx.emit(catalogChanged, { product: null }),
  afterRestore: (tx: Tx) => tx.emit(catalogChanged, { product: null }),
}
