import { Button } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconCopy, IconPencil } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useAction } from '#kit/web/base/command.tsx'
import type { WireRow } from '#kit/web/entity/entity.ts'
import { EntityForm } from '#kit/web/form/EntityForm.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { request } from '#kit/web/base/request.ts'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { Link, usePathParam } from '#kit/web/base/url.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Lives } from '#modules/access/parts.tsx'
import { LineControl, LineIcon, lineText } from '#modules/access/parts.tsx'
import { byArea, permissionText } from '#modules/access/role/permission.ts'
import { role as entity } from '#modules/access/role/role.ts'
import { NewRole } from './roles.page.tsx'
import { DraftBar, useDraft, type Draft } from './useDraft.tsx'
import { useRoleName, useRoles, type PermissionData, type RoleData } from '#modules/access/parts.tsx'
import classes from './roles.module.css'

/** One role: what it is for, how its people sign in, and all that it may and may not do, in sentences. */
export default function RolePage() {
  const id = usePathParam('id')
  const { data, error, refetch, isPending } = useRoles()
  const draft = useDraft()
  const t = useT()
  const nameOf = useRoleName()
  const role = data?.roles.find((one) => one.id === id)
  useCrumb(role && nameOf(role))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  if (!role) return <Problem of={new Error(t('problem.kit.notFound'))} />
  return (
    <PageBody>
      <RoleHead role={role} roles={data.roles} />
      <div className={classes.two}>
        <div>
          {byArea(data.permissions).map(([area, permissions]) => (
            <Panel key={area} title={t.of('area', area)}>
              <ul className={classes.permissions}>
                {permissions.map((permission) => (
                  <PermissionLine key={permission.name} role={role} permission={permission} draft={draft} />
                ))}
              </ul>
            </Panel>
          ))}
        </div>
        <div>
          <SigningIn role={role} />
          <Panel title={t('detail.history')}>
            <Lives entity={entity} id={role.id} />
          </Panel>
        </div>
      </div>
      <DraftBar draft={draft} />
    </PageBody>
  )
}

function PermissionLine({ role, permission, draft }: { role: RoleData; permission: PermissionData; draft: Draft }) {
  const t = useT()
  const { may } = useSession()
  const line = draft.lineOf(role, permission.name)
  const sentence = permissionText(t, permission)
  const mayChange = may('access.role.edit') && role.base !== 'owner' && role.archivedAt === null
  const has = line !== undefined && line !== 'none' && line !== 'never'
  return (
    <li data-may={has || undefined}>
      <LineIcon line={line} />
      <span>{sentence}</span>
      {mayChange ? (
        <LineControl
          permission={permission}
          label={sentence}
          line={line}
          isChanged={role.changed.includes(permission.name)}
          isDraft={draft.isDraft(role, permission.name)}
          onChange={(setting) => draft.set(role, permission.name, setting)}
        />
      ) : (
        <span className={classes.reach}>{lineText(t, permission, line)}</span>
      )}
    </li>
  )
}

function RoleHead({ role, roles }: { role: RoleData; roles: readonly RoleData[] }) {
  const t = useT()
  const nameOf = useRoleName()
  const { number } = useFormat()
  const [isCopying, setCopying] = useState(false)
  const isAway = role.archivedAt !== null
  const archive = useAction(
    (_: Record<never, never>, key) => request(isAway ? 'DELETE' : 'POST', `/roles/${role.id}/archival`, {}, { key }),
    { touches: ['access'], done: 'common.done' },
  )
  return (
    <>
      <PageHead
        title={nameOf(role)}
        hint={
          <>
            {role.note ?? (t.has(`roleHint.${role.key}`) ? t(`roleHint.${role.key}`) : '')}{' '}
            {role.base !== null && role.base !== role.key && t('roles.basedOn', { role: t.of('role', role.base) })}{' '}
            <Link to="/users" search={{ role: role.key }}>
              {t('roles.people', { n: role.holders, count: number(role.holders) })}
            </Link>
          </>
        }
        actions={
          <Can do="access.role.edit">
            <Button variant="default" leftSection={<IconCopy size={16} />} onClick={() => setCopying(true)}>
              <T k="roles.clone" />
            </Button>
            {role.base !== 'owner' && (
              <Button
                variant="default"
                leftSection={isAway ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
                loading={archive.isRunning}
                onClick={() => void archive.run({})}
              >
                {t(isAway ? 'detail.restore' : 'detail.archive')}
              </Button>
            )}
          </Can>
        }
      />
      {isCopying && <NewRole roles={roles} from={role.key} onClose={() => setCopying(false)} />}
    </>
  )
}

/** What it is called and how long its people stay signed in. */
function SigningIn({ role }: { role: RoleData }) {
  const t = useT()
  const [isEditing, setEditing] = useState(false)
  const { number } = useFormat()
  const fact = (label: string, value: ReactNode) => (
    <div>
      <dt>{t(label)}</dt>
      <dd>{value}</dd>
    </div>
  )
  return (
    <Panel
      title={t('roles.signingIn')}
      actions={
        <Can do="access.role.edit">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPencil size={15} />}
            onClick={() => setEditing(true)}
            aria-label={t('roles.changeFacts')}
          >
            <T k="users.changeRoles" />
          </Button>
        </Can>
      }
    >
      <dl className={classes.facts}>
        {fact('field.access.role.hours', number(role.hours))}
        {fact('field.access.role.idleMinutes', number(role.idleMinutes))}
        {fact('field.access.role.lockMinutes', role.lockMinutes === null ? t('security.never') : number(role.lockMinutes))}
        {fact('field.access.role.secondFactor', t(role.secondFactor ? 'common.yes' : 'common.no'))}
        {fact('field.access.role.bindDevice', t(role.bindDevice ? 'common.yes' : 'common.no'))}
      </dl>
      {isEditing && (
        <Window onClose={() => setEditing(false)} title={t('roles.changeFacts')} size="md">
          <EntityForm
            entity={entity}
            row={role as unknown as WireRow}
            fields={['name', 'note', 'hours', 'idleMinutes', 'lockMinutes', 'secondFactor', 'bindDevice']}
            onSaved={() => setEditing(false)}
            onCancel={() => setEditing(false)}
          />
        </Window>
      )}
    </Panel>
  )
}
