import { Button, Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, useRef, useState, type ReactNode } from 'react'
import { groupOf, type Entity } from '../../entity.ts'
import { useOwned } from '../entity/custom.ts'
import { columnsOf, inSentence, type Refs, type WireRow } from '../entity/entity.ts'
import { hasBoard } from './board.ts'
import { Cards } from './Cards.tsx'
import { Chips } from './Chips.tsx'
import { Groups } from './Groups.tsx'
import { ListEmpty } from './ListEmpty.tsx'
import { Selection } from './Selection.tsx'
import { hrefOf, Rows } from './Rows.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useActs } from './useActs.ts'
import { useColumns } from './columns.ts'
import { filtersOf, useRows } from './rows.ts'
import { Views } from './Views.tsx'
import { LinkButton } from '../look/LinkButton.tsx'
import { useHasPage } from '../base/page.ts'
import { PageHead, Problem } from '../look/parts.tsx'
import { useSession } from '../session/session.tsx'
import { useSearch, type Search } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'
import classes from './list.module.css'

// Asked for when the first row is picked.
const Acts = lazy(async () => ({ default: (await import('./Acts.tsx')).Acts }))
const Board = lazy(async () => ({ default: (await import('./Board.tsx')).Board }))
const ActsProgress = lazy(async () => ({ default: (await import('./ActsProgress.tsx')).ActsProgress }))

export interface ListPageProps<Row extends WireRow = WireRow> {
  readonly entity: Entity
  readonly title?: ReactNode
  readonly hint?: ReactNode
  /** Cells shown another way, by column. */
  readonly cells?: Readonly<Record<string, (row: Row, refs: Refs) => ReactNode>>
  /** Columns that the entity does not have, after its own; the words key `field.<entity>.<key>` names them. */
  readonly columns?: readonly ExtraColumn<Row>[]
  /** Buttons in the head, before "New". */
  readonly actions?: ReactNode
  /** Where "New" leads; `null` leaves it out. */
  readonly newHref?: string | null
  readonly newLabel?: string
  /** Where a row leads; its detail page otherwise. `null` leads nowhere. */
  readonly rowHref?: ((row: Row) => string | null) | null
  readonly onRow?: (row: Row) => void
  /** What can be done with the selected rows; without it nothing can be selected. */
  readonly bulk?: (rows: readonly Row[], clear: () => void) => ReactNode
  /** Filters that always hold and are not shown: `{ customer: id }`. */
  readonly fixed?: Search
  /** Another address with the same shape. */
  readonly from?: string
  /** Inside another page: no head, no views, and rows that grow with the page. */
  readonly embedded?: boolean
  /** Above the rows: figures, a hint. */
  readonly children?: ReactNode
  /** Shown when there is nothing at all, in place of the usual next step. */
  readonly empty?: ReactNode
}

export interface ExtraColumn<Row> {
  readonly key: string
  readonly show: (row: Row) => ReactNode
  readonly width?: number
  readonly isFigure?: boolean
  /** Beside the title, before the columns of the entity's own. */
  readonly isFirst?: boolean
}

/**
 * The list of an entity: columns, search, filters, order, saved views, selection, export and import, all in the address
 * of the page, so that a link shows what its sender saw. On phones rows become cards.
 */
export function ListPage<Row extends WireRow = WireRow>(given: ListPageProps<Row>) {
  const entity = useOwned(given.entity)
  const props = { ...given, entity }
  const { fixed, from, embedded = false, bulk } = props
  const { may } = useSession()
  const [address] = useSearch()
  const search = embedded ? NO_SEARCH : address
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768, { getInitialValueInEffect: false })
  const fields = useMemo(() => columnsOf(entity, may), [entity, may])
  const newHref = useNewHref(props as ListPageProps)
  const hasDetail = useHasPage(`${entity.path}/$id`)
  const columns = useColumns(entity, fields, props as ListPageProps)
  const isBoard = !embedded && search['as'] === 'board' && hasBoard(entity)
  const list = useRows(entity, search, fixed, { from })
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const scroller = useRef<HTMLDivElement>(null)
  // What is a record can be picked: its acts, and a file of those, need no more.
  const mayPick = bulk !== undefined || (!embedded && !entity.isView)
  const acts = useActs(entity)
  const chosen = list.rows.filter((row) => picked.has(row.id))
  const isFiltered = Object.keys(filtersOf(entity, search)).length > 0 || Boolean(search['q'])
  const group = search['group'] && groupOf(entity, search['group']) ? search['group'] : undefined
  const shared = {
    entity,
    columns: columns.shown,
    list,
    picked,
    setPicked,
    selectable: mayPick,
    scroller,
    embedded,
    props: {
      ...(props as ListPageProps),
      rowHref: props.rowHref ?? (hasDetail ? (row: WireRow) => `${entity.path}/${row.id}` : null),
    } as ListPageProps,
  }

  return (
    <div
      className={embedded ? classes.embedded : classes.page}
      ref={isPhone && !embedded ? scroller : undefined}
      data-scroll={isPhone && !embedded ? 'list' : undefined}
    >
      {!embedded && <ListHead props={props as ListPageProps} />}
      {props.children}
      {!embedded && <Views entity={entity} />}
      {!embedded && <Toolbar entity={entity} columns={columns} fixed={fixed ?? NO_SEARCH} />}
      {!embedded && <Chips entity={entity} refs={list.refs} />}
      {mayPick && !group && !isBoard && chosen.length > 0 && (
        <Selection count={chosen.length} onClear={() => setPicked(new Set())}>
          {bulk?.(chosen as Row[], () => setPicked(new Set()))}
          {!embedded && !entity.isView && (
            <Suspense>
              <Acts entity={entity} rows={chosen} onTake={(act) => void acts.run(chosen, act)} />
            </Suspense>
          )}
        </Selection>
      )}
      {acts.state && (
        <Suspense>
          <ActsProgress
            entity={entity}
            state={acts.state}
            onAgain={() => void acts.again()}
            onClose={() => {
              // What was not done is still picked.
              setPicked(new Set(acts.state?.refused.map(({ id }) => id)))
              acts.forget()
            }}
          />
        </Suspense>
      )}
      {isBoard ? (
        <Suspense fallback={<Skeleton h={320} aria-busy />}>
          <Board
            entity={entity}
            columns={columns.shown}
            search={search}
            fixed={fixed}
            hrefOf={(row) => hrefOf(shared.props, row)}
          />
        </Suspense>
      ) : group ? (
        <Groups entity={entity} group={group} fixed={fixed} isPhone={isPhone} />
      ) : list.error && list.rows.length === 0 ? (
        <Problem of={list.error} retry={list.retry} />
      ) : list.isEmpty ? (
        (!isFiltered && props.empty) || <ListEmpty entity={entity} isFiltered={isFiltered} newHref={newHref} />
      ) : isPhone ? (
        <Cards {...shared} />
      ) : (
        <Rows {...shared} />
      )}
      {embedded && list.hasMore && (
        <Button variant="default" fullWidth onClick={list.more} loading={list.isLoadingMore} mt="xs">
          <T k="list.more" />
        </Button>
      )}
    </div>
  )
}

const NO_SEARCH: Search = {}

function useNewHref({ entity, newHref }: ListPageProps): string | null {
  const { can, path } = entity
  const { may } = useSession()
  const hasPage = useHasPage(`${path}/new`)
  if (newHref !== undefined) return newHref
  return hasPage && can.write && may(can.write) ? `${path}/new` : null
}

function ListHead({ props }: { props: ListPageProps }) {
  const t = useT()
  const { entity } = props
  const href = useNewHref(props)
  return (
    <div className={classes.head}>
      <PageHead
        title={props.title ?? t.of('entities', entity.name)}
        hint={props.hint}
        actions={
          <>
            {props.actions}
            {href && (
              <LinkButton to={href} leftSection={<IconPlus size={16} />} data-shortcut="new">
                {props.newLabel ?? t('list.new', { thing: inSentence(t, t.of('entity', entity.name)) })}
              </LinkButton>
            )}
          </>
        }
      />
    </div>
  )
}
