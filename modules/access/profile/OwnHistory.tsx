import { useSession } from '#kit/web/session/session.tsx'
import { Lives } from '../history/Lives.tsx'
import { user } from '../user/user.ts'

/** What was changed about oneself, by whom and why. */
export function OwnHistory() {
  const { user: me } = useSession()
  return me && <Lives entity={user} id={me.id} at="/profile/history" guestIs={me.name} />
}
