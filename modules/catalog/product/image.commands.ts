import { z } from 'zod'
import { command } from '#kit/server/door/command.ts'
import { drawUpload } from '#kit/server/files/file.ts'
import { setImage } from './image.store.ts'

const input = z.object({ id: z.uuid() })

/** The picture of a product, in place of the one it had. */
export const setProductImage = command({
  name: 'catalog.setProductImage',
  can: 'catalog.product.edit',
  takesFile: true,
  input,
  before: (ctx) => drawUpload(ctx),
  run: async (tx, { id }, drawn) => ({ image: (await setImage(tx, id, drawn)).image }),
})

export const removeProductImage = command({
  name: 'catalog.removeProductImage',
  can: 'catalog.product.edit',
  input,
  run: async (tx, { id }) => ({ image: (await setImage(tx, id, null)).image }),
})
