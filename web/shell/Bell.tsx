import { ActionIcon, Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { recordRoutes } from '#kit/server/edge/kit.routes.ts'
import { api } from '#kit/web/base/api.ts'
import { Bubble } from '#kit/web/look/Bubble.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { Link, useLocationPath } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { NoticeList, useReadAll, type Notice } from '../notices/NoticeList.tsx'
import classes from '../notices/notices.module.css'

const SHOWN = 8
/** More than so many are not counted. */
const MOST = 99

/** What concerns me: a bell with the number of what I have not read; on a phone it leads to the page of it. */
export function Bell() {
  const t = useT()
  const { number } = useFormat()
  const [isOpen, setOpen] = useState(false)
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768, { getInitialValueInEffect: false })
  const path = useLocationPath()
  useEffect(() => setOpen(false), [path])
  const { data } = useQuery(api<typeof recordRoutes>('kit')('GET /notices', { limit: SHOWN }))
  const unread = data?.unread ?? 0
  const label = unread > 0 ? t('notices.unread', { n: unread }) : t('page.notices')
  const sign = (
    <>
      <IconBell size={18} stroke={1.6} aria-hidden />
      {unread > 0 && (
        // Drawn, not written: the name of the button says it in words.
        <span className={classes.count} data-count={unread > MOST ? `${number(MOST)}+` : number(unread)} aria-hidden />
      )}
    </>
  )
  const facts = { variant: 'subtle', color: 'gray', size: 'lg', 'aria-label': label, title: label, className: classes.bell ?? '' }
  if (isPhone)
    return (
      <ActionIcon {...facts} renderRoot={(props) => <Link {...props} to="/notices" />}>
        {sign}
      </ActionIcon>
    )
  return (
    <Bubble
      isOpen={isOpen}
      onClose={() => setOpen(false)}
      position="bottom-end"
      className={classes.window}
      target={
        <ActionIcon {...facts} onClick={() => setOpen(!isOpen)}>
          {sign}
        </ActionIcon>
      }
    >
      <Told rows={data?.rows ?? []} unread={unread} onClose={() => setOpen(false)} />
    </Bubble>
  )
}

function Told({ rows, unread, onClose }: { rows: readonly Notice[]; unread: number; onClose: () => void }) {
  const { readAll, isRunning } = useReadAll(rows)
  return (
    <>
      <div className={classes.windowHead}>
        <h2>
          <T k="page.notices" />
        </h2>
        {unread > 0 && (
          <Button variant="subtle" size="compact-sm" loading={isRunning} onClick={readAll}>
            <T k="notices.readAll" />
          </Button>
        )}
      </div>
      <div className={classes.windowBody}>
        {rows.length === 0 ? (
          <p className={classes.none}>
            <T k="notices.emptyHint" />
          </p>
        ) : (
          <NoticeList rows={rows} onGo={onClose} />
        )}
      </div>
      <div className={classes.windowFoot}>
        <LinkButton to="/notices" variant="subtle" size="compact-sm">
          <T k="notices.all" />
        </LinkButton>
        <LinkButton to="/notices/settings" variant="subtle" color="gray" size="compact-sm">
          <T k="notices.settings" />
        </LinkButton>
      </div>
    </>
  )
}
