import { useSession } from '#kit/web/session.tsx'
import { StateBadge } from '#kit/web/values.tsx'
import { EXPIRING_DAYS } from './lot.ts'

/** Says that goods have expired or will soon; nothing where there is time. */
export function Freshness({ until }: { until: string | null }) {
  const { timeZone } = useSession()
  if (!until) return null
  const today = Temporal.Now.plainDateISO(timeZone)
  const left = today.until(until).days
  if (left < 0) return <StateBadge state="expired" tone="bad" />
  return left <= EXPIRING_DAYS ? <StateBadge state="expiring" tone="warning" /> : null
}
