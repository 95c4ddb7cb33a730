import { Skeleton } from '@mantine/core'
import { IconFold } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { groupOf, type Entity, type Field } from '../../entity.ts'
import { choiceLabel, fieldLabel, groupsQuery, isFigure, type GroupRow, type Refs } from '../entity/entity.ts'
import { useFormat } from '../session/format.ts'
import { useMonthName } from '../session/month.ts'
import { usePage } from '../base/page.ts'
import { EmptyState, Problem } from '../look/parts.tsx'
import { useSession } from '../session/session.tsx'
import { Link, useSearch, type Search } from '../base/url.tsx'
import { Value } from '../entity/values.tsx'
import { useT } from '../base/words.tsx'
import { askedOf } from './rows.ts'
import classes from './list.module.css'

export interface GroupsProps {
  readonly entity: Entity
  readonly group: string
  readonly fixed: Search | undefined
  readonly isPhone: boolean
}

interface Told {
  readonly row: GroupRow
  readonly label: string
  /** The list with the rows of this group only. */
  readonly search: Search
}

/** What a list adds up to by something that its rows have in common; each group leads to its rows. */
export function Groups({ entity, group, fixed, isPhone }: GroupsProps) {
  const t = useT()
  const { clock } = useSession()
  const [search] = useSearch()
  const { sort: _, ...asked } = askedOf(entity, search, clock, fixed)
  const { data, error, refetch } = useQuery(groupsQuery(entity, group, { ...asked, zone: clock.timeZone }))
  const tell = useTelling(entity, group)
  if (error) return <Problem of={error} retry={() => void refetch()} />
  if (!data) return <Skeleton h={220} aria-busy />
  if (data.rows === null)
    return (
      <EmptyState icon={IconFold} title={t('group.tooMany')}>
        {t('group.tooManyHint')}
      </EmptyState>
    )
  const told = data.rows.map((row) => tell(row, data.refs))
  const sums = (entity.sums ?? []).filter((name) => data.rows!.some((row) => name in row.sums))
  return (
    <div className={isPhone ? undefined : classes.scroller} tabIndex={-1}>
      {isPhone ? (
        <GroupCards entity={entity} told={told} sums={sums} />
      ) : (
        <GroupTable entity={entity} group={group} told={told} sums={sums} />
      )}
      <p className={classes.count} role="status">
        {data.isMore ? t('group.firstOnly', { n: told.length }) : t('group.count', { n: told.length })}
      </p>
    </div>
  )
}

function useTelling(entity: Entity, group: string): (row: GroupRow, refs: Refs) => Told {
  const t = useT()
  const format = useFormat()
  const month = useMonthName()
  const [{ group: _, sort: __, ...search }] = useSearch()
  const { name, isMonth } = groupOf(entity, group)!
  const field = entity.fields[name]!
  const labelOf = (key: string, refs: Refs): string => {
    if (isMonth) return month(`${key}-01`)
    if (isOfTime(field)) return format.day(key, 'long')
    if (field.kind === 'ref') return refs[key] ?? key.slice(0, 8)
    if (field.kind === 'flag') return t(key === 'true' ? 'common.yes' : 'common.no')
    return choiceLabel(t, entity, name, key)
  }
  return (row, refs) => ({
    row,
    label: row.key === null ? t('filter.none') : labelOf(row.key, refs),
    search: { ...search, [name]: filterOf(row.key, field, isMonth) },
  })
}

/** What a list is filtered by to leave the rows of a group. */
function filterOf(key: string | null, field: Field, isMonth: boolean): string {
  if (key === null) return 'none'
  if (isMonth) {
    const [year, month] = key.split('-').map(Number) as [number, number]
    return `${key}-01..${new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)}`
  }
  return isOfTime(field) ? `${key}..${key}` : key
}

/** A group of moments is a day, on the clock by which the list is filtered. */
const isOfTime = ({ kind }: Field): boolean => kind === 'day' || kind === 'instant'

interface ShownProps {
  readonly entity: Entity
  readonly told: readonly Told[]
  readonly sums: readonly string[]
}

function GroupTable({ entity, group, told, sums }: ShownProps & { group: string }) {
  const t = useT()
  const format = useFormat()
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{groupLabel(t, entity, group)}</th>
          <th scope="col" data-figure>
            {t('group.rows')}
          </th>
          {sums.map((name) => (
            <th key={name} scope="col" data-figure={isFigure(entity.fields[name]!) || undefined}>
              {fieldLabel(t, entity, name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {told.map(({ row, label, search }) => (
          <tr key={String(row.key)}>
            <td>
              <GroupLink label={label} search={search} />
            </td>
            <td data-figure>{format.number(row.count)}</td>
            {sums.map((name) => (
              <td key={name} data-figure>
                <Sum entity={entity} name={name} row={row} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function GroupCards({ entity, told, sums }: ShownProps) {
  const t = useT()
  return (
    <ul className={classes.cards}>
      {told.map(({ row, label, search }) => (
        <li key={String(row.key)} className={classes.card}>
          <div className={classes.cardLine}>
            <span className={classes.cardTitle}>
              <GroupLink label={label} search={search} />
            </span>
            <span className={classes.faint}>{t('list.rows', { n: row.count })}</span>
          </div>
          <div className={classes.cardFacts}>
            {sums.map((name) => (
              <span key={name}>
                <span className={classes.faint}>{fieldLabel(t, entity, name)} </span>
                <Sum entity={entity} name={name} row={row} />
              </span>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}

function GroupLink({ label, search }: { label: string; search: Search }) {
  const { path } = usePage()
  return (
    <Link to={path} search={search} className={classes.rowLink ?? ''}>
      <bdi>{label}</bdi>
    </Link>
  )
}

const Sum = ({ entity, name, row }: { entity: Entity; name: string; row: GroupRow }) => (
  <Value entity={entity} name={name} field={entity.fields[name]!} value={row.sums[name]} refs={{}} link={false} />
)

/** What rows are grouped by, as people call it: "Store", "Month". */
export function groupLabel(t: ReturnType<typeof useT>, entity: Entity, group: string): string {
  const of = groupOf(entity, group)!
  return of.isMonth ? t('group.month', { field: fieldLabel(t, entity, of.name) }) : fieldLabel(t, entity, of.name)
}
