import { ListPage } from '#kit/web/list/ListPage.tsx'
import { PeopleTabs } from './PeopleTabs.tsx'
import { registration } from '../registration/registration.ts'

/** People who ask to be let in, with those who wait for a decision first. */
export default function RegistrationsPage() {
  return (
    <ListPage entity={registration}>
      <PeopleTabs here="registrations" />
    </ListPage>
  )
}
