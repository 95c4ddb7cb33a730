import { Button, Group, TextInput } from '@mantine/core'
import { IconEye, IconPencil, IconUserQuestion } from '@tabler/icons-react'
import { useState } from 'react'
import { nameOfLanguage } from '#kit/words.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import { Erase, EraseItem } from '#kit/web/entity/Erase.tsx'
import type { OneRow, WireRow } from '#kit/web/entity/entity.ts'
import { Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { viewRoutes } from '../view/view.routes.ts'
import { WaysIn } from '../ways-in/WaysIn.tsx'
import { RoleLine, RolesInput, RoleTags } from '../role/Roles.tsx'
import { usePersonShown } from '../history/personShown.tsx'
import { membershipsInput, type Membership } from '../role/role.ts'
import { user } from '../user/user.ts'
import { type PlacedRole } from '../role/role.ts'
import type { userRoutes } from './user.routes.ts'
import classes from '../people.module.css'

type UserData = OneRow & { readonly roles: readonly PlacedRole[] }

/** One person: facts, roles and where they hold, and what they may be kept from. */
export default function UserPage() {
  const t = useT()
  const { user: me } = useSession()
  const isMe = usePathParam('id') === me?.id
  const shows = usePersonShown()
  const [disabling, setDisabling] = useState<WireRow | null>(null)
  const [erasing, setErasing] = useState<WireRow | null>(null)
  return (
    <>
      <DetailPage<UserData>
        entity={user}
        verbs={{ disable: { run: setDisabling }, enable: { needsReason: true } }}
        {...(isMe && { withoutVerbs: ['disable', 'enable'] })}
        timeline={({ row }) => ({ shows, guestIs: String(row['name']) })}
        {...(!isMe && {
          actions: ({ row }: UserData) => <LookThrough row={row} />,
          more: ({ row }: UserData) =>
            row['state'] === 'disabled' &&
            !row['erasedAt'] && (
              <Can do="access.user.erase">
                <EraseItem onClick={() => setErasing(row)} />
              </Can>
            ),
        })}
        values={{ locale: (row) => nameOfLanguage(String(row['locale'])) }}
      >
        {({ row, roles }) => (
          <>
            <Roles id={row.id} name={String(row['name'])} roles={roles} isMe={isMe} />
            {!isMe && <WaysIn id={row.id} name={String(row['name'])} />}
          </>
        )}
      </DetailPage>
      {erasing && (
        <Erase
          path={`/users/${erasing.id}/erasure`}
          name={String(erasing['name'])}
          text={t('users.eraseText')}
          touches={['access', 'users']}
          onClose={() => setErasing(null)}
        />
      )}
      {disabling && <Disable id={disabling.id} name={String(disabling['name'])} onClose={() => setDisabling(null)} />}
    </>
  )
}

/** To what they may do, and to what they see. */
function LookThrough({ row }: { row: WireRow }) {
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const view = useCommand<typeof viewRoutes>()('POST /users/:id/view', { onDone: () => location.assign('/') })
  const name = String(row['name'])
  return (
    <>
      <LinkButton to="/why" search={{ person: row.id }} variant="default" leftSection={<IconUserQuestion size={16} />}>
        <T k="why.ask" />
      </LinkButton>
      {row['state'] === 'active' && (
        <Can do="access.user.viewAs">
          <Button variant="default" leftSection={<IconEye size={16} />} onClick={() => setAsking(true)}>
            <T k="view.start" />
          </Button>
        </Can>
      )}
      {isAsking && (
        <AskFirst
          title={t('view.ask', { name })}
          text={t('view.askText')}
          action={t('view.start')}
          isRunning={view.isRunning}
          onClose={() => setAsking(false)}
          onYes={() => void view.run({ id: row.id })}
        />
      )}
    </>
  )
}

function Disable({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const t = useT()
  const disable = useCommand<typeof userRoutes>()('POST /users/:id/disable', {
    done: 'common.done',
    touches: ['access'],
    onDone: onClose,
  })
  return (
    <AskFirst
      title={t('users.disableAsk', { name })}
      text={t('users.disableText')}
      action={t('verb.disable')}
      bad
      isRunning={disable.isRunning}
      onClose={onClose}
      needsReason
      onYes={(reason) => void disable.run({ id, reason })}
    />
  )
}

function Roles({ id, name, roles, isMe }: { id: string; name: string; roles: readonly PlacedRole[]; isMe: boolean }) {
  const t = useT()
  const [isEditing, setEditing] = useState(false)
  return (
    <Panel
      title={t('field.roles')}
      actions={
        !isEditing &&
        !isMe && (
          <Can do="access.user.edit">
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPencil size={15} />}
              onClick={() => setEditing(true)}
              aria-label={t('users.changeRolesOf', { name })}
            >
              <T k="users.changeRoles" />
            </Button>
          </Can>
        )
      }
    >
      {isEditing ? <EditRoles id={id} name={name} roles={roles} onDone={() => setEditing(false)} /> : <RoleList roles={roles} />}
      {isMe && (
        <p className={classes.roleHint}>
          <T k="users.notYourOwn" />
        </p>
      )}
    </Panel>
  )
}

function RoleList({ roles }: { roles: readonly PlacedRole[] }) {
  if (roles.length === 0) return <RoleTags of={roles} />
  return (
    <ul className={classes.roleList}>
      {roles.map((one) => (
        <RoleLine key={`${one.role} ${one.place} ${one.seller}`} of={one} />
      ))}
    </ul>
  )
}

function EditRoles({ id, name, roles, onDone }: { id: string; name: string; roles: readonly PlacedRole[]; onDone: () => void }) {
  const t = useT()
  const [wanted, setWanted] = useState<Membership[]>(() =>
    roles.map(({ role, place, seller = null, until = null }) => ({ role, place, seller, until })),
  )
  const [reason, setReason] = useState('')
  const change = useCommand<typeof userRoutes>()('POST /users/:id/roles', {
    done: 'common.saved',
    quiet: true,
    touches: ['access'],
    onDone,
  })
  return (
    <form
      noValidate
      className={classes.editRoles}
      onSubmit={(event) => {
        event.preventDefault()
        if (membershipsInput.safeParse(wanted).success) void change.run({ id, roles: wanted, reason: reason.trim() })
      }}
    >
      {change.problem && <ProblemNote of={change.problem} />}
      <RolesInput value={wanted} onChange={setWanted} isTitled />
      <p className={classes.roleHint}>{t('users.changeRolesHint', { name })}</p>
      <TextInput
        label={t('form.reason')}
        maxLength={300}
        mt="md"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap="xs" mt="md">
        <Button type="submit" loading={change.isRunning} disabled={reason.trim().length < 3}>
          <T k="common.save" />
        </Button>
        <Button variant="default" onClick={onDone}>
          <T k="common.cancel" />
        </Button>
      </Group>
    </form>
  )
}
