import { Notifications } from '@mantine/notifications'

/** Short notes at the foot of the page. */
export const Notices = () => <Notifications position="bottom-center" limit={3} zIndex={500} />
