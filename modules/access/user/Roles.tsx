import { ActionIcon, Button, Select, VisuallyHidden } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { roleNames, type RoleName } from '#kit/access.ts'
import { useSession } from '#kit/web/session.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { Membership, PlacedRole } from './user.ts'
import classes from './user.module.css'

/** Roles in words, each with where it holds: "Cashier · Main Street". */
export function RoleTags({ of }: { of: readonly PlacedRole[] }) {
  const t = useT()
  if (of.length === 0) return <span className={classes.nothing}>{t('users.noRole')}</span>
  return (
    <span className={classes.tags}>
      {of.map((one) => (
        <span key={`${one.role} ${one.place}`} className={classes.tag} data-role={one.role}>
          {t.of('role', one.role)}
          {one.place && (
            <span className={classes.at}>
              {' · '}
              <bdi>{one.placeName ?? one.place.slice(0, 8)}</bdi>
            </span>
          )}
        </span>
      ))}
    </span>
  )
}

const EVERYWHERE = 'everywhere'

/** Chooses roles and where they hold. Offers what this person may give: their own places when they don't work everywhere. */
export function RolesInput({
  value,
  onChange,
  error,
  isTitled = false,
}: {
  value: readonly Membership[]
  onChange: (roles: Membership[]) => void
  error?: string | undefined
  /** A title above says already that these are roles. */
  isTitled?: boolean
}) {
  const t = useT()
  const { places, permissions, place: here } = useSession()
  const mayEverywhere = permissions['access.user.edit']?.all ?? false
  const where = [
    ...(mayEverywhere ? [{ value: EVERYWHERE, label: t('users.everywhere') }] : []),
    ...places.map((place) => ({ value: place.id, label: place.name })),
  ]
  const set = (at: number, changes: Partial<Membership>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...changes } : one)))
  // The next that is not there yet: the same role at another place, then another role.
  const next = (): Membership => {
    const last = value.at(-1) ?? { role: 'cashier', place: here?.id ?? null }
    const free = (one: Membership) => !value.some((other) => other.role === one.role && other.place === one.place)
    const elsewhere = last.place === null ? [] : places.map((place) => ({ role: last.role, place: place.id }))
    const others = roleNames.map((role) => ({ role, place: last.place }))
    return [...elsewhere, ...others.toReversed()].find(free) ?? last
  }
  return (
    <fieldset className={classes.roles} aria-describedby={error ? 'roles-error' : undefined}>
      <legend>{isTitled ? <VisuallyHidden>{t('field.roles')}</VisuallyHidden> : t('field.roles')}</legend>
      {value.map((one, at) => (
        <div key={at} className={classes.roleLine}>
          <div className={classes.roleChoice}>
            <Select
              aria-label={t('field.role')}
              allowDeselect={false}
              data={roleNames.map((role) => ({ value: role, label: t.of('role', role) }))}
              value={one.role}
              onChange={(role) => role && set(at, { role: role as RoleName })}
            />
            <Select
              aria-label={t('users.where')}
              allowDeselect={false}
              searchable={where.length > 8}
              data={where}
              value={one.place ?? EVERYWHERE}
              onChange={(place) => place && set(at, { place: place === EVERYWHERE ? null : place })}
            />
            {value.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('users.removeRole')}
                onClick={() => onChange(value.filter((_, index) => index !== at))}
              >
                <IconX size={17} />
              </ActionIcon>
            )}
          </div>
          <p className={classes.roleHint}>{t(`roleHint.${one.role}`)}</p>
        </div>
      ))}
      {error && (
        <p id="roles-error" role="alert" className={classes.error}>
          {error}
        </p>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={15} />}
        onClick={() => onChange([...value, next()])}
        className={classes.addRole ?? ''}
      >
        <T k="users.addRole" />
      </Button>
    </fieldset>
  )
}
