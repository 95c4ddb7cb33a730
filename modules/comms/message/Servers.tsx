import { IconMailOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/api.ts'
import { T } from '#kit/web/words.tsx'
import type { messageRoutes } from './message.routes.ts'
import classes from './message.module.css'

/** Says so when messages don't leave, because nobody has given a mail server. */
export function Servers() {
  const { data } = useQuery(api<typeof messageRoutes>('comms')('GET /messages/servers', {}))
  if (!data || data.mail) return null
  return (
    <p className={classes.kept} role="note">
      <IconMailOff size={18} stroke={1.6} aria-hidden />
      <T k="messages.noServer" />
    </p>
  )
}
