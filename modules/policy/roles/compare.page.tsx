import { Switch } from '@mantine/core'
import { Fragment } from 'react'
import { SearchMultiSelect } from '#kit/web/input/SearchSelect.tsx'
import { PageBody, PageHead, PageSkeleton, Problem } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link, useSearch } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { LineControl, LineIcon, lineText } from '#modules/access/parts.tsx'
import { byArea, permissionText } from '#modules/access/role/permission.ts'
import { DraftBar, useDraft, type Draft } from './useDraft.tsx'
import { useRoleName, useRoles, type PermissionData, type RoleData } from '#modules/access/parts.tsx'
import classes from './roles.module.css'

/** Roles side by side, a row for each permission; what they may do is changed here too. */
export default function CompareRolesPage() {
  const t = useT()
  const nameOf = useRoleName()
  const [search, setSearch] = useSearch()
  const { data, error, refetch, isPending } = useRoles()
  const draft = useDraft()
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const roles = data.roles.filter((one) => one.archivedAt === null)
  const wanted = (search['of'] ?? '').split(',').filter((key) => roles.some((one) => one.key === key))
  const shown = wanted.length > 0 ? roles.filter((one) => wanted.includes(one.key)) : roles
  const differs = (permission: PermissionData) =>
    shown.some((one) => draft.isDraft(one, permission.name)) || new Set(shown.map((one) => one.lines[permission.name])).size > 1
  const onlyDiffering = search['only'] === 'different'
  return (
    <PageBody>
      <PageHead title={t('page.compareRoles')} />
      <div className={classes.chooser}>
        <SearchMultiSelect
          label={t('roles.which')}
          placeholder={wanted.length === 0 ? t('roles.all') : undefined}
          clearable
          value={wanted}
          onChange={(keys) => setSearch({ ...search, of: keys.length > 0 ? keys.join(',') : undefined })}
          data={roles.map((one) => ({ value: one.key, label: nameOf(one) }))}
        />
        <Switch
          label={t('roles.onlyDifferent')}
          checked={onlyDiffering}
          onChange={(event) => setSearch({ ...search, only: event.currentTarget.checked ? 'different' : undefined })}
        />
      </div>
      <RoleMatrix roles={shown} permissions={data.permissions.filter((one) => !onlyDiffering || differs(one))} draft={draft} />
      <DraftBar draft={draft} />
    </PageBody>
  )
}

function RoleMatrix({
  roles,
  permissions,
  draft,
}: {
  roles: readonly RoleData[]
  permissions: readonly PermissionData[]
  draft: Draft
}) {
  const t = useT()
  const nameOf = useRoleName()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div
      className={classes.scroller}
      data-short={draft.count > 0 || undefined}
      role="region"
      aria-label={t('roles.compare')}
      tabIndex={0}
    >
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">
              <T k="roles.permission" />
            </th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <Link to={`/roles/${role.id}`}>{nameOf(role)}</Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byArea(permissions).map(([area, all]) => (
            <Fragment key={area}>
              <tr className={classes.area}>
                <th scope="colgroup" colSpan={roles.length + 1}>
                  <span>{t.of('area', area)}</span>
                </th>
              </tr>
              {all.map((permission) => (
                <tr key={permission.name}>
                  <th scope="row">{permissionText(t, permission)}</th>
                  {roles.map((role) => (
                    <td key={role.id}>
                      <Cell role={role} permission={permission} draft={draft} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ role, permission, draft }: { role: RoleData; permission: PermissionData; draft: Draft }) {
  const t = useT()
  const nameOf = useRoleName()
  const { may } = useSession()
  const line = draft.lineOf(role, permission.name)
  if (!may('access.role.edit') || role.base === 'owner')
    return (
      <span role="img" aria-label={lineText(t, permission, line)} title={lineText(t, permission, line)}>
        <LineIcon line={line} />
      </span>
    )
  return (
    <LineControl
      short
      permission={permission}
      label={`${nameOf(role)}, ${permissionText(t, permission)}`}
      line={line}
      isChanged={role.changed.includes(permission.name)}
      isDraft={draft.isDraft(role, permission.name)}
      onChange={(setting) => draft.set(role, permission.name, setting)}
    />
  )
}
