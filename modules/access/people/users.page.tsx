import { Pill } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import type { OutputOf } from '#kit/web/base/api.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Invitations } from './Invitations.tsx'
import { PeopleTabs } from './PeopleTabs.tsx'
import { RoleTags } from '../role/Roles.tsx'
import { useRoleName, useRoles } from '../role/useRoles.tsx'
import { user } from '../user/user.ts'
import type { userRoutes } from './user.routes.ts'
import classes from '../people.module.css'

type UserRow = OutputOf<typeof userRoutes, 'GET /users'>['rows'][number]

/** The people who work here, and those who were asked to. */
export default function UsersPage() {
  const [{ show }] = useSearch()
  return show === 'invitations' ? <Invitations actions={<InviteButton />} /> : <People />
}

const cells = {
  name: (row: UserRow) => <Name row={row} />,
  lastSeenAt: (row: UserRow) => <Instant of={row.lastSeenAt} ago />,
}
const columns = [{ key: 'roles', show: (row: UserRow) => <RoleTags of={row.roles} />, width: 260 }]

function People() {
  const t = useT()
  const [{ role }, setSearch] = useSearch()
  const nameOf = useRoleName()
  const { data } = useRoles()
  const held = role === undefined ? undefined : (data?.roles.find((one) => one.key === role) ?? { key: role })
  return (
    <ListPage<UserRow>
      entity={user}
      actions={<InviteButton />}
      cells={cells}
      columns={columns}
      {...(role !== undefined && { fixed: { role } })}
    >
      <PeopleTabs here="people" />
      {held && (
        <Pill withRemoveButton size="md" mb="xs" onRemove={() => setSearch({ role: undefined })}>
          {t('field.role')}: {nameOf(held)}
        </Pill>
      )}
    </ListPage>
  )
}

function Name({ row }: { row: UserRow }) {
  const t = useT()
  const { user: me } = useSession()
  return (
    <>
      <bdi>{row.name}</bdi>
      {row.id === me?.id && <span className={classes.you}>{t('users.you')}</span>}
    </>
  )
}

const InviteButton = () => (
  <Can do="access.user.edit">
    <LinkButton to="/users/invite" leftSection={<IconUserPlus size={16} />} data-shortcut="new">
      <T k="users.invite" />
    </LinkButton>
  </Can>
)
