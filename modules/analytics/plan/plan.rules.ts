import type { Every } from '#kit/due.ts'
import type { Span } from '../report/report.rules.ts'
import { weekdays, type PlanPeriod } from './plan.ts'

interface Times {
  readonly frequency: string
  readonly weekday?: string | null | undefined
  readonly hour: number
}

/** When a plan is due, as work by the clock says it. */
export function everyOf({ frequency, weekday, hour }: Times): Every {
  const at = `${String(hour).padStart(2, '0')}:00`
  if (frequency === 'monthly') return { monthly: { day: 1, at } }
  const day = weekdays.findIndex((one) => one === weekday) + 1
  return frequency === 'weekly' && day > 0 ? { weekly: { day: day as 1, at } } : { daily: at }
}

/** The days that a mail tells of, sent on a business day. A week is Monday to Sunday. */
export function spanOf(period: PlanPeriod, today: string): Span {
  const day = Temporal.PlainDate.from(today)
  const said = (from: Temporal.PlainDate, to: Temporal.PlainDate) => ({ from: from.toString(), to: to.toString() })
  const yesterday = day.subtract({ days: 1 })
  if (period === 'yesterday') return said(yesterday, yesterday)
  if (period === 'thisMonth') return said(day.with({ day: 1 }), day)
  if (period === 'lastMonth')
    return said(day.with({ day: 1 }).subtract({ months: 1 }), day.with({ day: 1 }).subtract({ days: 1 }))
  const sunday = day.subtract({ days: day.dayOfWeek })
  return said(sunday.subtract({ days: 6 }), sunday)
}
