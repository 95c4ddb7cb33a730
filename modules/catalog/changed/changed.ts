import { z } from 'zod'
import { event } from '#kit/event.ts'

/** What tills show of articles has changed: of one product, or of many. */
export const catalogChanged = event('catalog.product.changed', 'catalog.product.read', z.object({ product: z.uuid().nullable() }))
