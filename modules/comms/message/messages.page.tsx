import { ListPage } from '#kit/web/list/ListPage.tsx'
import { outgoing } from './message.ts'
import { Servers } from './Servers.tsx'

/** What was written to people, and whether it arrived. */
export default function MessagesPage() {
  return (
    <ListPage entity={outgoing}>
      <Servers />
    </ListPage>
  )
}
