import { useQuery } from '@tanstack/react-query'
import { minor, sum } from '#kit/money.ts'
import { extend, qty } from '#kit/quantity.ts'
import { send, type Wire } from '#kit/web/api.ts'
import { Problem, Wide } from '#kit/web/parts.tsx'
import { Review } from '#kit/web/PostingForm.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Amount, Quantity } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { documentRoutes } from './document.routes.ts'
import { valueOf } from './GoodsTable.tsx'
import type { GoodsDraft, GoodsLine, PaperKind } from './useGoods.tsx'
import classes from './goods.module.css'

interface ReviewProps {
  readonly kind: PaperKind
  readonly draft: GoodsDraft
  readonly lines: readonly GoodsLine[]
  /** What would be posted. */
  readonly count: object
  readonly isRunning: boolean
  readonly problem: unknown
  readonly onPost: () => void
  readonly onClose: () => void
}

/** What a paper will do, before it does it: the goods, what they are worth, and where that stands in the books. */
export function GoodsReview({ kind, draft, lines, count, ...rest }: ReviewProps) {
  const t = useT()
  const comparison = useComparison(kind === 'count', count)
  const effect = kind === 'count' ? effectOfCount(comparison.data, lines) : effectOf(kind, draft, lines)
  return (
    <Review {...rest} title={t(`goods.${kind}`)} action={t(`goods.${kind}Post`)} isReady={effect !== null}>
      {comparison.error && <Problem of={comparison.error} />}
      {effect && <Effect {...effect} isCount={kind === 'count'} />}
    </Review>
  )
}

interface EffectLine {
  readonly line: GoodsLine
  readonly quantity: string
  readonly expected?: string
  readonly since?: string
  readonly value: bigint | null
}
interface EffectFacts {
  readonly rows: readonly EffectLine[]
  /** Accounts by their part in the chart, debit above zero. */
  readonly books: readonly (readonly [part: string, amount: bigint])[]
}

type Comparison = Wire<Awaited<ReturnType<(typeof documentRoutes)['POST /inventory/counts/comparison']>>>

function useComparison(isWanted: boolean, count: object) {
  const { location, lines } = count as { location: string; lines: never }
  return useQuery({
    queryKey: ['inventory', 'comparison', location, lines],
    queryFn: ({ signal }) =>
      send<typeof documentRoutes>()('POST /inventory/counts/comparison', { location, lines }, { signal }) as Promise<Comparison>,
    enabled: isWanted,
    staleTime: 0,
    gcTime: 0,
  })
}

function effectOfCount(found: Comparison | undefined, lines: readonly GoodsLine[]): EffectFacts | null {
  if (!found) return null
  const rows = found.rows.map((row, index) => ({
    line: lines[index]!,
    quantity: row.difference,
    expected: row.expected,
    since: row.since,
    value: row.value === null ? null : BigInt(row.value),
  }))
  const [more, less] = [BigInt(found.found ?? 0), BigInt(found.missing ?? 0)]
  return {
    rows: rows.filter((row) => row.quantity !== '0' || row.since !== '0'),
    books: [
      ['stock', more + less],
      ['stockGain', -more],
      ['stockLoss', -less],
    ],
  }
}

function effectOf(kind: PaperKind, draft: GoodsDraft, lines: readonly GoodsLine[]): EffectFacts {
  const worth = (line: GoodsLine) =>
    kind === 'receipt'
      ? valueOf(line)
      : line.unitCost === null
        ? null
        : extend(minor(line.unitCost), qty(line.quantity ?? '0'), line.priceUnit ?? '1')
  const rows = lines.map((line) => ({ line, quantity: line.quantity!, value: worth(line) }))
  const of = (wanted: (quantity: bigint) => boolean) =>
    sum(rows.filter((row) => wanted(BigInt(row.quantity))).map((row) => row.value ?? 0n))
  if (kind === 'transfer') return { rows, books: [] }
  if (kind === 'receipt') {
    const value = of(() => true)
    return {
      rows,
      books: [
        ['stock', value],
        [draft.source === 'opening' ? 'openingEquity' : 'goodsReceived', -value],
      ],
    }
  }
  const [more, less] = [of((one) => one > 0n), of((one) => one < 0n)]
  return {
    rows,
    books: [
      ['stock', more + less],
      ['stockGain', -more],
      ['stockLoss', -less],
    ],
  }
}

function Effect({ rows, books, isCount }: EffectFacts & { isCount: boolean }) {
  const t = useT()
  const { may } = useSession()
  const seesCost = may('catalog.cost.read')
  const moved = books.filter(([, amount]) => amount !== 0n)
  if (rows.length === 0) return <p>{t('goods.noDifference')}</p>
  return (
    <>
      <Wide label={t('goods.linesTitle')} of={360} stacks>
        <div className={classes.review}>
          <table className={classes.effect}>
            <thead>
              <tr>
                <th>{t('field.name')}</th>
                {isCount && <th>{t('field.expected')}</th>}
                <th>{t(isCount ? 'goods.difference' : 'field.quantity')}</th>
                {seesCost && <th>{t('field.value')}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ line, quantity, expected, since = '0', value }) => (
                <tr key={line.key}>
                  <td>
                    {line.name}
                    <small>{[line.sku, line.lot].filter(Boolean).join(' · ')}</small>
                    {since !== '0' && (
                      <small>
                        <T k={since.startsWith('-') ? 'goods.leftSince' : 'goods.cameSince'} />{' '}
                        <Quantity of={since.replace('-', '')} />
                      </small>
                    )}
                  </td>
                  {isCount && (
                    <td data-label={t('field.expected')}>
                      <Quantity of={expected ?? '0'} />
                    </td>
                  )}
                  <td data-label={t(isCount ? 'goods.difference' : 'field.quantity')}>
                    <Quantity of={quantity} />
                  </td>
                  {seesCost && <td data-label={t('field.value')}>{value !== null && <Amount of={value} plain />}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Wide>
      {seesCost && moved.length > 0 && (
        <section className={classes.books}>
          <h3>{t('goods.inBooks')}</h3>
          <dl>
            {moved.map(([part, amount]) => (
              <div key={part}>
                <dt>{t(`seed.account.${part}`)}</dt>
                <dd>
                  <Amount of={amount} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  )
}
