import { ActionIcon, Button, VisuallyHidden } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { SearchSelect } from '#kit/web/input/SearchSelect.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Day } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { PlacedRole } from './role.ts'
import { DayUntil, dayOf } from './DayUntil.tsx'
import type { Membership } from './role.ts'
import { useRoleName, useRoles } from './useRoles.tsx'
import classes from '../people.module.css'

const keyOf = ({ role, place, seller }: Membership) => `${role} ${place} ${seller}`
const isOver = ({ until }: Membership) => until != null && Date.parse(until) <= Date.now()

/** Roles in words, each with where it holds: "Cashier · Main Street". */
export function RoleTags({ of }: { of: readonly PlacedRole[] }) {
  const t = useT()
  const nameOf = useRoleName()
  if (of.length === 0) return <span className={classes.nothing}>{t('users.noRole')}</span>
  return (
    <span className={classes.tags}>
      {of.map((one) => (
        <span key={keyOf(one)} className={classes.tag} data-role={one.role} data-over={isOver(one) || undefined}>
          {nameOf({ key: one.role, name: one.name })}
          <At of={one} />
        </span>
      ))}
    </span>
  )
}

/** Where a role holds, for whom, and until when. */
function At({ of, everywhere }: { of: PlacedRole; everywhere?: string }) {
  const t = useT()
  const { timeZone } = useSession()
  const parts = [
    of.place ? (of.placeName ?? of.place.slice(0, 8)) : everywhere,
    of.seller ? (of.sellerName ?? of.seller.slice(0, 8)) : undefined,
  ].filter((one) => one !== undefined)
  return (
    <span className={classes.at}>
      {parts.map((part) => (
        <span key={part}>
          {' · '}
          <bdi>{part}</bdi>
        </span>
      ))}
      {of.until && (
        <>
          {' · '}
          {t(isOver(of) ? 'users.ended' : 'users.until')} <Day of={dayOf(of.until, timeZone)} />
        </>
      )}
    </span>
  )
}

/** One role of a person, with what it is for. */
export function RoleLine({ of }: { of: PlacedRole }) {
  const t = useT()
  const nameOf = useRoleName()
  const { data } = useRoles()
  const note = data?.roles.find((one) => one.key === of.role)?.note
  return (
    <li data-over={isOver(of) || undefined}>
      <strong>{nameOf({ key: of.role, name: of.name })}</strong>
      <At of={of} everywhere={t('users.everywhere')} />
      <p className={classes.roleHint}>{note ?? (t.has(`roleHint.${of.role}`) ? t(`roleHint.${of.role}`) : '')}</p>
    </li>
  )
}

const EVERYWHERE = 'everywhere'

/** Chooses roles, where they hold, for which seller, and until when. Offers what this person may give: their own places when they don't work everywhere. */
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
  const nameOf = useRoleName()
  const { places, permissions, place: here } = useSession()
  const { data } = useRoles()
  const roles = (data?.roles ?? []).filter((one) => one.archivedAt === null || value.some((held) => held.role === one.key))
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
    const others = roles.map(({ key }) => ({ role: key, place: last.place }))
    return [...elsewhere, ...others.toReversed()].find(free) ?? last
  }
  return (
    <fieldset className={classes.roles} aria-describedby={error ? 'roles-error' : undefined}>
      <legend>{isTitled ? <VisuallyHidden>{t('field.roles')}</VisuallyHidden> : t('field.roles')}</legend>
      {value.map((one, at) => {
        const role = roles.find(({ key }) => key === one.role)
        const isForSeller = role !== undefined && Object.values(role.lines).includes('seller')
        return (
          <div key={at} className={classes.roleLine}>
            <div className={classes.roleChoice}>
              <SearchSelect
                aria-label={t('field.role')}
                allowDeselect={false}
                data={roles.map((each) => ({ value: each.key, label: nameOf(each) }))}
                value={one.role}
                onChange={(key) => key && set(at, { role: key, seller: null })}
              />
              <SearchSelect
                aria-label={t('users.where')}
                allowDeselect={false}
                data={where}
                value={one.place ?? EVERYWHERE}
                onChange={(place) => place && set(at, { place: place === EVERYWHERE ? null : place })}
              />
              <DayUntil value={one.until ?? null} onChange={(until) => set(at, { until })} />
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
            {isForSeller && (
              <RefPicker
                to="party"
                aria-label={t('users.seller')}
                placeholder={t('users.seller')}
                required
                filters={{}}
                value={one.seller ?? null}
                onChange={(seller) => set(at, { seller })}
              />
            )}
            <p className={classes.roleHint}>{role?.note ?? (t.has(`roleHint.${one.role}`) ? t(`roleHint.${one.role}`) : '')}</p>
          </div>
        )
      })}
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
