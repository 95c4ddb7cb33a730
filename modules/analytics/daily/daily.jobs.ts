import { clockOf, scheduled } from '#kit/server/door/scheduled.ts'
import { businessDay } from '#kit/time.ts'
import { firstOpenDay } from '#modules/pos/index.ts'
import { sumDays } from './daily.store.ts'

/** A place further west may still be in the day before. */
const SETTLED_DAYS = 2

/**
 * Sums the days to which nothing can be added any more: a sale is of the day of its shift, a shift of the day on which it was
 * opened. A till that nobody closed holds its day, and those after it, open.
 */
export const sumDaysThatAreOver = scheduled('analytics.sumDays', {
  every: { minutes: 60 },
  async run({ database: { db }, now }) {
    const today = businessDay(now, await clockOf(db))
    const open = await firstOpenDay(db)
    const days = [Temporal.PlainDate.from(today).subtract({ days: SETTLED_DAYS }), ...(open ? [before(open)] : [])]
    await sumDays(db, days.toSorted(Temporal.PlainDate.compare)[0]!.toString())
  },
})

const before = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 })
