import type { ReactNode } from 'react'
import { minor, spread, sum } from '#kit/money.ts'
import { EmptyState } from '#kit/web/look/parts.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Amount, Rate } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import classes from './board.module.css'

interface Share {
  readonly key: string
  readonly name: string
  readonly amount: string
  /** Beside the amount; the part of the whole otherwise. */
  readonly note?: ReactNode
  readonly to?: string
}

/** Names with amounts, each with a bar as long as it is large. */
export function Shares({ rows, empty }: { rows: readonly Share[]; empty: string }) {
  const t = useT()
  if (rows.length === 0) return <EmptyState title={t(empty)} />
  const whole = sum(rows.map((row) => BigInt(row.amount)))
  // Whole percents that add up to a hundred: the largest remainders are rounded up. Parts below zero have no share.
  const isWhole = whole > 0n && rows.every((row) => BigInt(row.amount) >= 0n)
  const percents = isWhole
    ? spread(
        minor(100n),
        rows.map((row) => minor(row.amount)),
      )
    : []
  const most = rows.reduce((size, row) => (BigInt(row.amount) > size ? BigInt(row.amount) : size), 1n)
  return (
    <ul className={classes.shares}>
      {rows.map((row, index) => {
        const amount = BigInt(row.amount)
        return (
          <li key={row.key} className={classes.share}>
            <span className={classes.shareName}>{row.to ? <Link to={row.to}>{row.name}</Link> : <bdi>{row.name}</bdi>}</span>
            <span className={classes.shareNote}>
              {row.note ?? (percents[index] !== undefined && <Rate of={percents[index] * 10_000n} />)}
            </span>
            <Amount of={amount} plain />
            <span className={classes.track} aria-hidden>
              <span style={{ width: `${amount > 0n ? Number((amount * 100n) / most) : 0}%` }} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
