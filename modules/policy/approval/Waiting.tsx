import { useQuery } from '@tanstack/react-query'
import { IconInbox } from '@tabler/icons-react'
import { api } from '#kit/web/base/api.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { Link } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { approvalRoutes } from './approval.routes.ts'
import classes from './approval.module.css'

/** How many wait for this person's word, or may be done now; nothing stands there while there are none. */
export function WaitingApprovals() {
  const t = useT()
  const { number } = useFormat()
  const { data } = useQuery(api<typeof approvalRoutes>('access')('GET /approvals/count', {}))
  const count = (data?.waiting ?? 0) + (data?.ready ?? 0)
  if (!data || count === 0) return null
  return (
    <Link
      to="/approvals"
      {...(data.waiting === 0 && { search: { show: 'mine' } })}
      className={classes.bell ?? ''}
      aria-label={t('approvals.waitingFor', { n: count })}
      title={t('approvals.waitingFor', { n: count })}
    >
      <IconInbox size={18} stroke={1.6} aria-hidden />
      <span className={classes.bellCount} aria-hidden>
        {number(count)}
      </span>
    </Link>
  )
}
