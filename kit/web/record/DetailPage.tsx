import { Button, Menu, Tabs } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconDots, IconLock, IconPencil, IconUserQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isChangeable, isThere, visibleFields, type Entity } from '../../entity.ts'
import { useAction } from '../base/command.tsx'
import { useCrumb } from '../base/crumb.ts'
import { useOwned } from '../entity/custom.ts'
import { entityTitle, fieldLabel, rowQuery, type OneRow, type WireRow } from '../entity/entity.ts'
import { useHasPage } from '../base/page.ts'
import { Facts, PageBody, PageHead, PageSkeleton, Panel, Problem } from '../look/parts.tsx'
import { isOffline, request } from '../base/request.ts'
import { AssignButton } from './AssignButton.tsx'
import { FollowButton } from './FollowButton.tsx'
import { Timeline } from './Timeline.tsx'
import type { TimelineLook } from './TimelineLine.tsx'
import { Sections } from '../entity/Sections.tsx'
import { useSession } from '../session/session.tsx'
import { LinkButton } from '../look/LinkButton.tsx'
import { Link, usePathParam, useSearch } from '../base/url.tsx'
import { StateBadge, Value } from '../entity/values.tsx'
import { Verbs, type VerbFacts } from '../entity/Verbs.tsx'
import { T, useT } from '../base/words.tsx'

export interface DetailTab<Data> {
  readonly key: string
  /** Words key. */
  readonly label: string
  readonly show: (data: Data) => ReactNode
  readonly can?: string
  /** Of which records it is a tab; all of them where it is left out. */
  readonly when?: (data: Data) => boolean
}

export interface DetailPageProps<Data extends OneRow> {
  readonly entity: Entity
  /** Taken from the path otherwise. */
  readonly id?: string
  readonly title?: (data: Data) => ReactNode
  readonly hint?: (data: Data) => ReactNode
  /** More buttons in the head. */
  readonly actions?: (data: Data) => ReactNode
  readonly verbs?: Readonly<Record<string, VerbFacts>>
  readonly withoutVerbs?: readonly string[]
  /** Other areas whose screens show something else after a step. */
  readonly touches?: readonly string[]
  /** Fields that are left out of the facts, because the page shows them elsewhere. */
  readonly without?: readonly string[]
  /** Values shown another way, by field. */
  readonly values?: Readonly<Record<string, (row: WireRow) => ReactNode>>
  /** Above the facts, on the first tab. */
  readonly top?: (data: Data) => ReactNode
  /** Below the facts, on the first tab. */
  readonly children?: (data: Data) => ReactNode
  readonly tabs?: readonly DetailTab<Data>[]
  readonly withoutHistory?: boolean
  /** How its timeline shows what the entity does not declare. */
  readonly timeline?: (data: Data) => TimelineLook
  readonly withoutEdit?: boolean
  /** Seldom done: at the end of the menu of what else can be done. */
  readonly more?: (data: Data) => ReactNode
}

/** The page of one record: what it is, what may be done with it now, its facts, its history, and tabs of the page's own. */
export function DetailPage<Data extends OneRow = OneRow>(given: DetailPageProps<Data>) {
  const entity = useOwned(given.entity)
  const props = { ...given, entity }
  const fromPath = usePathParam('id')
  const { data, error, refetch, isPending } = useQuery(rowQuery(entity, props.id ?? fromPath))
  const known = data as Data | undefined
  // What the page calls it in words of its own is its name above as well.
  const own = known && props.title?.(known)
  useCrumb(typeof own === 'string' ? own : known && entityTitle(entity, known.row, known.refs))
  if (isPending) return <PageSkeleton />
  // The network that fails for a moment takes nothing away that stands here, or is being typed here; a refusal does.
  if (!known || (error && !isOffline(error))) return <Problem of={error} retry={() => void refetch()} />
  return <Shown {...props} data={known} />
}

function Shown<Data extends OneRow>({ data, ...props }: DetailPageProps<Data> & { data: Data }) {
  const { entity } = props
  const { may } = useSession()
  const [search, setSearch] = useSearch()
  const tabs = (props.tabs ?? []).filter((tab) => may(tab.can) && (!tab.when || tab.when(data)))
  const hasTabs = tabs.length > 0 || !props.withoutHistory
  const { row } = data
  const main = (
    <>
      {props.top?.(data)}
      <Panel>
        <RowFacts entity={entity} data={data} without={props.without ?? []} values={props.values ?? {}} />
      </Panel>
      {props.children?.(data)}
    </>
  )
  return (
    <PageBody>
      <PageHead
        title={
          props.title?.(data) ?? (row['erasedAt'] ? <T k="erase.title" /> : <bdi>{entityTitle(entity, row, data.refs)}</bdi>)
        }
        hint={props.hint?.(data)}
        badge={
          <>
            {typeof row['state'] === 'string' && <StateBadge state={row['state']} entity={entity} />}
            {row.archivedAt && <StateBadge state={row['erasedAt'] ? 'erased' : 'archived'} />}
            {data.isHeld && <StateBadge state="held" />}
          </>
        }
        actions={
          <>
            {props.actions?.(data)}
            <Verbs
              entity={props.entity}
              row={row}
              refs={data.refs}
              {...(props.verbs && { verbs: props.verbs })}
              {...(props.withoutVerbs && { without: props.withoutVerbs })}
              {...(props.touches && { touches: props.touches })}
            />
            {!props.withoutHistory && <AssignButton entity={entity} id={row.id} />}
            {!props.withoutHistory && <FollowButton entity={entity} id={row.id} />}
            {!props.withoutEdit && <EditActions entity={entity} row={row} more={props.more?.(data)} />}
          </>
        }
      />
      {hasTabs ? (
        <Tabs
          value={search['tab'] ?? 'facts'}
          onChange={(tab) => setSearch({ tab: tab === 'facts' ? undefined : (tab ?? undefined) })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="facts">
              <T k="detail.facts" />
            </Tabs.Tab>
            {tabs.map((tab) => (
              <Tabs.Tab key={tab.key} value={tab.key}>
                <T k={tab.label} />
              </Tabs.Tab>
            ))}
            {!props.withoutHistory && (
              <Tabs.Tab value="history">
                <T k="detail.timeline" />
              </Tabs.Tab>
            )}
          </Tabs.List>
          <Tabs.Panel value="facts">{main}</Tabs.Panel>
          {tabs.map((tab) => (
            <Tabs.Panel key={tab.key} value={tab.key}>
              {tab.show(data)}
            </Tabs.Panel>
          ))}
          <Tabs.Panel value="history">
            <Timeline entity={props.entity} id={row.id} look={props.timeline?.(data)} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        main
      )}
    </PageBody>
  )
}

/** All fields of a row that this person may see, by name. */
export function RowFacts({
  entity: of,
  data: { row, refs },
  without = [],
  values = {},
}: {
  entity: Entity
  data: OneRow
  without?: readonly string[]
  values?: Readonly<Record<string, (row: WireRow) => ReactNode>>
}) {
  const t = useT()
  const { may } = useSession()
  const hidden = new Set(['id', 'state', of.title, ...(row['erasedAt'] ? [] : ['erasedAt']), ...without])
  // What is empty isn't shown, unless the page has something to say of it.
  const isAwaited = (name: string) => of.fields[name]?.neededIn !== undefined && !isThere(row[name]) && isChangeable(of, row)
  const says = (name: string) => isThere(row[name]) || isThere(values[name]?.(row)) || isAwaited(name)
  const shown = visibleFields(of, may).filter(([name]) => !hidden.has(name) && says(name))
  return (
    <Sections of={of} fields={shown}>
      {(some) => (
        <Facts
          rows={some.map(([name, field]) => ({
            label: fieldLabel(t, of, name),
            value: isAwaited(name) ? (
              <T k="detail.missing" />
            ) : (
              (values[name]?.(row) ?? (
                <Value entity={of} name={name} field={field} value={row[name]} row={row} refs={refs} plain={false} />
              ))
            ),
            wide: field.kind === 'longText' || field.kind === 'json',
          }))}
        />
      )}
    </Sections>
  )
}

/** Edit, archive and restore, for those who may; and the way to who may see this at all. */
export function EditActions({ entity, row, more }: { entity: Entity; row: WireRow; more?: ReactNode }) {
  const t = useT()
  const { may } = useSession()
  const hasForm = useHasPage(`${entity.path}/$id/edit`)
  const canAsk = useHasPage('/why') && may('access.user.read')
  const canHold = useHasPage('/settings/keeping') && may('access.keeping.edit')
  const isArchived = Boolean(row.archivedAt)
  const { run, isRunning } = useAction(
    (archive: boolean, key) => request(archive ? 'POST' : 'DELETE', `${entity.path}/${row.id}/archival`, {}, { key }),
    { touches: [entity.name.split('.')[0] ?? ''], done: isArchived ? 'detail.restored' : 'detail.archived' },
  )
  const mayWrite = entity.can.write !== undefined && may(entity.can.write)
  const mayArchive = mayWrite && entity.archive === true
  return (
    <>
      {mayWrite && !isArchived && hasForm && isChangeable(entity, row) && (
        <LinkButton to={`${entity.path}/${row.id}/edit`} variant="default" leftSection={<IconPencil size={16} />}>
          <T k="common.edit" />
        </LinkButton>
      )}
      {(mayArchive || canAsk || canHold || Boolean(more)) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px={10} aria-label={t('common.more')} loading={isRunning}>
              <IconDots size={18} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {mayArchive && (
              <Menu.Item
                leftSection={isArchived ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
                onClick={() => void run(!isArchived)}
              >
                <T k={isArchived ? 'detail.restore' : 'detail.archive'} />
              </Menu.Item>
            )}
            {canAsk && (
              <Menu.Item
                leftSection={<IconUserQuestion size={16} />}
                renderRoot={(props) => (
                  <Link {...props} to="/why" search={{ entity: entity.name, record: row.id, permission: entity.can.read }} />
                )}
              >
                <T k="detail.why" />
              </Menu.Item>
            )}
            {canHold && (
              <Menu.Item
                leftSection={<IconLock size={16} />}
                renderRoot={(props) => (
                  <Link
                    {...props}
                    to="/settings/keeping"
                    search={{ entity: entity.name, record: row.id, title: String(row[entity.title] ?? '') }}
                  />
                )}
              >
                <T k="detail.hold" />
              </Menu.Item>
            )}
            {more}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}
