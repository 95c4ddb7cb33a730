import { sql } from 'kysely'
import { foundElsewhere } from '#kit/server/list/list.ts'
import { variantsOfCode } from '#modules/catalog/index.ts'
import { lotList } from './lot-list.ts'

/** Lots are found by the codes of their articles, too. */
export const lotsByCode = foundElsewhere(lotList.table, (text) => sql`t.variant = any(${variantsOfCode(text)})`)
