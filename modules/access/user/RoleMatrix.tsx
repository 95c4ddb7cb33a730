import { IconCheck } from '@tabler/icons-react'
import { Fragment } from 'react'
import { T, useT } from '#kit/web/words.tsx'
import { byArea, permissionText } from './permission.ts'
import type { RolesData } from './roles.page.tsx'
import classes from './roles.module.css'

/** All roles side by side: a row for each permission. */
export function RoleMatrix({ data }: { data: RolesData }) {
  const t = useT()
  const held = data.roles.map(({ role, permissions }) => ({ role, may: new Set(permissions) }))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className={classes.scroller} role="region" aria-label={t('roles.compare')} tabIndex={0}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">
              <T k="roles.permission" />
            </th>
            {held.map(({ role }) => (
              <th key={role} scope="col">
                {t.of('role', role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byArea(data.permissions).map(([area, permissions]) => (
            <Fragment key={area}>
              <tr className={classes.area}>
                <th scope="colgroup" colSpan={held.length + 1}>
                  <span>{t.of('area', area)}</span>
                </th>
              </tr>
              {permissions.map((permission) => (
                <tr key={permission.name}>
                  <th scope="row">{permissionText(t, permission)}</th>
                  {held.map(({ role, may }) => (
                    <td key={role}>
                      {may.has(permission.name) ? (
                        <IconCheck size={17} role="img" aria-label={t('common.yes')} />
                      ) : (
                        <span className={classes.no} role="img" aria-label={t('common.no')} />
                      )}
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
