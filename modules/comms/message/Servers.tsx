import { IconMailOff } from '@tabler/icons-react'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T } from '#kit/web/base/words.tsx'
import classes from '../comms.module.css'

/** Says so when messages don't leave, and leads to where mail is set up. */
export function Servers() {
  const { leaves } = useSession()
  if (leaves.mail) return null
  return (
    <p className={classes.kept} role="note">
      <IconMailOff size={18} stroke={1.6} aria-hidden />
      <span>
        <T k="messages.noServer" />{' '}
        <Can do="access.connection.edit">
          <Link to="/settings/connections/mail">
            <T k="connections.setUp" />
          </Link>
        </Can>
      </span>
    </p>
  )
}
