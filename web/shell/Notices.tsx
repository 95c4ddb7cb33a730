import { Notifications } from '@mantine/notifications'
import classes from './notices.module.css'

/** Short notes at the head of the page: at its foot lie the buttons that finish something. */
export const Notices = () => (
  <Notifications
    position="top-center"
    limit={3}
    zIndex={500}
    classNames={{ root: classes.root ?? '', notification: classes.note ?? '' }}
  />
)
