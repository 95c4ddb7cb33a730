import { currencies, type Currency } from '#kit/money.ts'
import { Amount } from '#kit/web/entity/values.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { T } from '#kit/web/base/words.tsx'
import classes from './denominations.module.css'

export type Counts = Readonly<Record<string, number>>

export const sumOf = (counts: Counts): bigint =>
  Object.entries(counts).reduce((all, [value, count]) => all + BigInt(value) * BigInt(count || 0), 0n)

/** Notes and coins of the currency, each with how many; Enter goes on to the next. */
export function Denominations({
  currency,
  counts,
  onChange,
}: {
  currency: string
  counts: Counts
  onChange: (counts: Counts) => void
}) {
  const format = useFormat()
  const values = currencies[currency as Currency]?.denominations ?? []
  return (
    <div className={classes.grid}>
      {values.map((value, index) => {
        const count = counts[String(value)] ?? 0
        return (
          <label key={value} className={classes.row}>
            <span className={classes.value}>{format.money(String(value), { plain: true })}</span>
            <span aria-hidden>×</span>
            <input
              inputMode="numeric"
              dir="ltr"
              autoFocus={index === 0}
              value={count || ''}
              placeholder="0"
              onChange={(event) => {
                const typed = Number(event.currentTarget.value.replace(/\D/g, '').slice(0, 5) || 0)
                onChange({ ...counts, [String(value)]: typed })
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                const next = event.currentTarget.closest('label')?.nextElementSibling?.querySelector('input')
                if (!next) return
                event.preventDefault()
                next.focus()
              }}
            />
            <Amount of={BigInt(value) * BigInt(count)} plain />
          </label>
        )
      })}
      <div className={classes.total}>
        <T k="till.counted" />
        <Amount of={sumOf(counts)} />
      </div>
    </div>
  )
}
