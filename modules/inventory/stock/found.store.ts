import { sql } from 'kysely'
import { foundElsewhere } from '#kit/server/list/list.ts'
import { variantsOfCode } from '#modules/catalog/index.ts'
import { stockList } from './stock-list.ts'

/** Stock is found by what a scanner reads, too. */
export const stockByCode = foundElsewhere(stockList.table, (text) => sql`t.variant = any(${variantsOfCode(text)})`)
