import { IconCheck, IconMinus } from '@tabler/icons-react'
import { VisuallyHidden } from '@mantine/core'
import { Panel } from '#kit/web/parts.tsx'
import { Link, useSearch } from '#kit/web/url.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { byArea, permissionText } from './permission.ts'
import type { RolesData } from './roles.page.tsx'
import classes from './roles.module.css'

/** One role: what it is for, and all that it may and may not do. */
export function OneRole({ data }: { data: RolesData }) {
  const t = useT()
  const [search] = useSearch()
  const shown = data.roles.find((one) => one.role === search['role']) ?? data.roles[0]!
  const held = new Set(shown.permissions)
  return (
    <div className={classes.one}>
      <nav className={classes.names} aria-label={t('page.roles')}>
        {data.roles.map(({ role, permissions }) => (
          <Link
            key={role}
            to="/roles"
            search={{ role }}
            className={classes.name ?? ''}
            data-on={role === shown.role || undefined}
          >
            <span>{t.of('role', role)}</span>
            <span className={classes.faint}>{t('roles.count', { n: permissions.length })}</span>
          </Link>
        ))}
      </nav>
      <div>
        <p className={classes.purpose}>
          <strong>{t.of('role', shown.role)}</strong> {t(`roleHint.${shown.role}`)}
        </p>
        {byArea(data.permissions).map(([area, permissions]) => (
          <Panel key={area} title={t.of('area', area)}>
            <ul className={classes.permissions}>
              {permissions.map((permission) => {
                const may = held.has(permission.name)
                return (
                  <li key={permission.name} data-may={may || undefined}>
                    {may ? <IconCheck size={17} aria-hidden /> : <IconMinus size={17} aria-hidden />}
                    <span>
                      {!may && (
                        <VisuallyHidden>
                          <T k="roles.mayNot" />{' '}
                        </VisuallyHidden>
                      )}
                      {permissionText(t, permission)}
                    </span>
                    {may && permission.atPlace && (
                      <span className={classes.reach}>
                        <T k="roles.byPlace" />
                      </span>
                    )}
                  </li>
                )
              })}
            </ul>
          </Panel>
        ))}
      </div>
    </div>
  )
}
