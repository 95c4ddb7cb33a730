import { notifications } from '@mantine/notifications'
import { markOfLanguage } from '#kit/decimal.ts'
import { decimalsOf, parseAmount } from '#kit/money.ts'
import { parseQuantity } from '#kit/quantity.ts'
import { call } from '#kit/web/base/api.ts'
import type { EditedLine } from '#kit/web/document/LineEditor.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { lineOf, type Purchasable } from './purchase-form.page.tsx'

/** How many articles of a sheet are looked up at the same time. */
const AT_ONCE = 6

/**
 * Lines from a sheet: the code or the name of an article, how many, and the price where there is one. What is found in none or in
 * several articles is named.
 */
export function usePasted() {
  const t = useT()
  const { currency } = useSession()
  const mark = markOfLanguage(t.locale)
  return async (rows: readonly (readonly string[])[], input: Readonly<Record<string, unknown>>): Promise<EditedLine[]> => {
    const lines: EditedLine[] = []
    const missed: string[] = []
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const found = await Promise.all(
        rows.slice(at, at + AT_ONCE).map(async ([q = '', ...cells]) => {
          const answer = await call<{ rows: Purchasable[] }>('GET /sourcing/goods', { ...input, q: q.slice(0, 200) })
          const exact = answer.rows.filter((one) => one.exact)
          const [one] = exact.length === 1 ? exact : answer.rows.length === 1 ? answer.rows : []
          return { q, cells, one }
        }),
      )
      for (const { q, cells, one } of found) {
        if (!one) {
          missed.push(q)
          continue
        }
        const [quantity, price] = numbersIn(cells)
        const line = lineOf(one)
        lines.push({
          ...line,
          quantity: String((quantity && parseQuantity(quantity, mark)) ?? line['quantity']),
          ...(price && { price: String(parseAmount(price, decimalsOf(currency), mark) ?? price) }),
        })
      }
    }
    // A heading is no article, and nobody misses it.
    const named = missed.filter((_, index) => index > 0 || numbersIn(rows[0] ?? []).length > 0)
    if (named.length > 0)
      notifications.show({
        message: t('lines.notFound', { list: named.slice(0, 8).join(', ') }),
        color: 'yellow',
        autoClose: 12_000,
      })
    return lines
  }
}

/** The cells that hold figures, in order; a name may stand between the code and these. */
const numbersIn = (cells: readonly string[]): string[] => cells.filter((cell) => /^[\d٠-٩][\d٠-٩.,٫٬\s]*$/.test(cell))
