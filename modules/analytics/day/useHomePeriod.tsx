import { businessDayIn, daysOf, isPeriod, type Period } from '#kit/web/session/period.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useSearch } from '#kit/web/base/url.tsx'

/** Over which days the figures of a home are told; one day alone has the board. */
export const homePeriods = ['last7', 'last30', 'thisMonth', 'lastMonth', 'thisYear'] as const satisfies readonly Period[]

/** The period of a home with its days, from the address. */
export function useHomePeriod() {
  const { clock, place } = useSession()
  const [{ span = '' }] = useSearch()
  const period: Period = isPeriod(span) ? span : 'last30'
  const [from, to] = daysOf(period, businessDayIn(clock))
  return { period, span: { from, to, ...(place && { place: place.id }) } }
}
