import { useQuery } from '@tanstack/react-query'
import { api, reading } from '#kit/web/base/api.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { Can } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { invitationRoutes } from '../invitation/invitation.routes.ts'
import classes from '../people.module.css'

/** The area `access` hears when somebody accepts. */
export const openInvitations = () => api<typeof invitationRoutes>('access')('GET /invitations')

/** Between the people who work here and those who were asked to. */
export function PeopleTabs({ here }: { here: 'people' | 'invitations' | 'registrations' }) {
  const t = useT()
  const { number } = useFormat()
  const { data } = useQuery(openInvitations())
  const open = data?.rows.length ?? 0
  return (
    <nav className={classes.tabs} aria-label={t('entities.access.user')}>
      <Link to="/users" className={classes.tab ?? ''} data-on={here === 'people' || undefined}>
        <T k="users.people" />
      </Link>
      <Link
        to="/users"
        search={{ show: 'invitations' }}
        className={classes.tab ?? ''}
        data-on={here === 'invitations' || undefined}
      >
        <T k="users.invitations" />
        {open > 0 && <span className={classes.count}>{number(open)}</span>}
      </Link>
      <Can do="access.registration.decide">
        <Link
          to="/registrations"
          search={{ state: 'pending' }}
          className={classes.tab ?? ''}
          data-on={here === 'registrations' || undefined}
        >
          <T k="users.registrations" />
          <Waiting />
        </Link>
      </Can>
    </nav>
  )
}

/** How many wait to be let in; a hundred and more are many. */
function Waiting() {
  const { number } = useFormat()
  const { data } = useQuery(reading<{ rows: unknown[] }>('GET /registrations', { state: 'pending', limit: '100' }, 'access'))
  const count = data?.rows.length ?? 0
  return count > 0 && <span className={classes.count}>{number(count)}</span>
}
