import { noticeText } from '#kit/notice.ts'
import type { recordRoutes } from '#kit/server/edge/kit.routes.ts'
import type { OutputOf } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { Link, splitHref } from '#kit/web/base/url.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import classes from './notices.module.css'

export type Notice = OutputOf<typeof recordRoutes, 'GET /notices'>['rows'][number]

/** What one was told, each a link to where it happened. */
export function NoticeList({ rows, onGo }: { rows: readonly Notice[]; onGo?: () => void }) {
  return (
    <ol className={classes.list}>
      {rows.map((one) => (
        <NoticeLine key={one.id} of={one} {...(onGo && { onGo })} />
      ))}
    </ol>
  )
}

function NoticeLine({ of, onGo }: { of: Notice; onGo?: () => void }) {
  const t = useT()
  const read = useCommand<typeof recordRoutes>()('POST /notices/reading', { touches: ['kit'], quiet: true })
  const said = noticeText(t, of)
  const { to, search } = splitHref(of.href ?? '/notices')
  const go = () => {
    if (!of.isRead) void read.run({ id: of.id })
    onGo?.()
  }
  return (
    <li>
      <Link to={to} search={search} className={classes.notice ?? ''} data-new={!of.isRead || undefined} onClick={go}>
        <span className={classes.said}>
          <bdi>{said}</bdi>
          {!of.isRead && <span className={classes.new}>{t('notices.new')}</span>}
        </span>
        <span className={classes.about}>
          {of.title && <bdi>{of.title}</bdi>} <Instant of={of.at} ago />
        </span>
      </Link>
    </li>
  )
}

/** Everything that has come until now is read. */
export function useReadAll(rows: readonly Notice[]) {
  const read = useCommand<typeof recordRoutes>()('POST /notices/reading', { touches: ['kit'] })
  const [newest] = rows
  return { isRunning: read.isRunning, readAll: () => newest && void read.run({ id: newest.id, until: true }) }
}
