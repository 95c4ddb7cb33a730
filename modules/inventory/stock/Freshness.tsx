import { businessDayIn } from '#kit/web/session/period.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { StateBadge } from '#kit/web/entity/values.tsx'
import { EXPIRING_DAYS } from './stock.ts'

/** Says that goods have expired or will soon; nothing where there is time. */
export function Freshness({ until }: { until: string | null }) {
  const { clock } = useSession()
  if (!until) return null
  const left = (Date.parse(until) - Date.parse(businessDayIn(clock))) / 86_400_000
  if (left < 0) return <StateBadge state="expired" tone="bad" />
  return left <= EXPIRING_DAYS ? <StateBadge state="expiring" tone="warning" /> : null
}
