import { Checkbox, Skeleton } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, type MouseEvent, type RefObject } from 'react'
import type { Entity } from '../../entity.ts'
import { shownValue, type WireRow } from '../entity/entity.ts'
import type { ListPageProps } from './ListPage.tsx'
import { Link, splitHref, useGo, useSearch } from '../base/url.tsx'
import { Value } from '../entity/values.tsx'
import { useT } from '../base/words.tsx'
import type { Column } from './columns.ts'
import { useScrollPlace } from './place.ts'
import type { List } from './rows.ts'
import classes from './list.module.css'

export interface RowsProps {
  readonly entity: Entity
  readonly columns: readonly Column[]
  readonly list: List
  readonly picked: ReadonlySet<string>
  readonly setPicked: (picked: ReadonlySet<string>) => void
  readonly selectable: boolean
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly embedded: boolean
  readonly props: ListPageProps
}

const ROW = () => (matchMedia('(pointer: coarse)').matches ? 48 : 40)

/** Rows as a table; only those on the screen are in the page, however long the list is. */
export function Rows(given: RowsProps) {
  const { columns, list, selectable, scroller, embedded } = given
  const t = useT()
  const rowHeight = ROW()
  const virtual = useVirtualizer({
    count: list.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: !embedded,
  })
  useScrollPlace(scroller, !embedded && list.rows.length > 0)
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const { more, rows, hasMore } = list
  useEffect(() => {
    if (!embedded && hasMore && last >= rows.length - 20 && rows.length > 0) more()
  }, [embedded, hasMore, last, rows.length, more])
  // Widths are fixed, so that columns do not jump while rows come and go.
  const width = columns.reduce((total, column) => total + column.width, selectable ? 44 : 0)
  const visible = embedded ? rows.map((_, index) => index) : items.map((item) => item.index)
  const above = embedded ? 0 : (items[0]?.start ?? 0)
  const below = embedded ? 0 : virtual.getTotalSize() - (items.at(-1)?.end ?? 0)

  return (
    <div className={embedded ? classes.embeddedScroller : classes.scroller} ref={scroller} tabIndex={-1}>
      <table
        className={classes.table}
        style={{ minWidth: width }}
        aria-rowcount={hasMore ? -1 : rows.length}
        aria-busy={list.isLoading}
      >
        <colgroup>
          {selectable && <col style={{ width: 44 }} />}
          {columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
        </colgroup>
        <HeadRow {...given} />
        <tbody>
          {above > 0 && <Gap height={above} />}
          {list.isLoading &&
            Array.from({ length: 12 }, (_, index) => (
              <LoadingRow key={index} cells={columns.length + (selectable ? 1 : 0)} index={index} />
            ))}
          {visible.map((index) => (
            <Row key={rows[index]!.id} {...given} row={rows[index]!} index={index} />
          ))}
          {below > 0 && <Gap height={below} />}
        </tbody>
        <Sums {...given} />
      </table>
      <p className={classes.count} role="status">
        {list.isLoadingMore
          ? t('common.loading')
          : list.isLoading
            ? ''
            : hasMore
              ? list.count === null
                ? t('list.rowsMore', { n: rows.length })
                : t('list.rowsOf', { n: rows.length, all: list.count })
              : t('list.rows', { n: rows.length })}
      </p>
    </div>
  )
}

const Gap = ({ height }: { height: number }) => (
  <tr aria-hidden>
    <td style={{ height, padding: 0, border: 0 }} />
  </tr>
)

const LoadingRow = ({ cells, index }: { cells: number; index: number }) => (
  <tr aria-hidden>
    {Array.from({ length: cells }, (_, cell) => (
      <td key={cell}>
        <Skeleton h={12} w={`${78 - ((index * 13 + cell * 29) % 46)}%`} />
      </td>
    ))}
  </tr>
)

/** What the columns add up to, over all that the filters leave and not only what has been scrolled to. */
function Sums({ entity, columns, list, selectable }: RowsProps) {
  const t = useT()
  if (!columns.some(({ key }) => key in list.sums)) return null
  return (
    <tfoot>
      <tr>
        {selectable && <td />}
        {columns.map(({ key, field, isFigure }, at) => (
          <td key={key} data-figure={isFigure || undefined}>
            {field && key in list.sums ? (
              <Value entity={entity} name={key} field={field} value={list.sums[key]} refs={{}} link={false} />
            ) : (
              at === 0 && t('list.sum')
            )}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}

function HeadRow({ entity, columns, list, picked, setPicked, selectable, embedded }: RowsProps) {
  const t = useT()
  const [search, setSearch] = useSearch()
  const sort = (!embedded && search['sort']) || entity.sort[0] || ''
  const order = (key: string) => (sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : 'none')
  const all = list.rows.length > 0 && list.rows.every((row) => picked.has(row.id))
  return (
    <thead>
      <tr>
        {selectable && (
          <th scope="col">
            <Checkbox
              size="xs"
              aria-label={t('list.selectAll')}
              checked={all}
              indeterminate={picked.size > 0 && !all}
              onChange={() => setPicked(all ? new Set() : new Set(list.rows.map((row) => row.id)))}
            />
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            data-figure={column.isFigure || undefined}
            aria-sort={column.canSort ? order(column.key) : undefined}
          >
            {column.canSort && !embedded ? (
              <button
                type="button"
                className={classes.sort}
                onClick={() => setSearch({ sort: order(column.key) === 'ascending' ? `-${column.key}` : column.key })}
              >
                <span>{column.label}</span>
                {order(column.key) === 'none' ? (
                  <IconSelector size={13} className={classes.faint} />
                ) : order(column.key) === 'ascending' ? (
                  <IconArrowUp size={13} />
                ) : (
                  <IconArrowDown size={13} />
                )}
              </button>
            ) : (
              column.label
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}

export const hrefOf = ({ rowHref }: ListPageProps, row: WireRow): string | null => rowHref?.(row) ?? null

export const toggled = (picked: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(picked)
  if (!next.delete(id)) next.add(id)
  return next
}

function Row({
  entity,
  columns,
  list,
  picked,
  setPicked,
  selectable,
  props,
  row,
  index,
}: RowsProps & { row: WireRow; index: number }) {
  const t = useT()
  const go = useGo()
  const href = props.onRow ? null : hrefOf(props, row)
  const open = (event: MouseEvent) => {
    // A click on a link, a box or while selecting text means that and not the row.
    if ((event.target as HTMLElement).closest('a, button, input, label') || getSelection()?.toString()) return
    if (props.onRow) props.onRow(row)
    else if (href) {
      const { to, search } = splitHref(href)
      go(to, { search })
    }
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the first cell holds the link for the keyboard
    <tr
      aria-rowindex={index + 2}
      onClick={open}
      data-href={href !== null || props.onRow ? true : undefined}
      data-picked={picked.has(row.id) || undefined}
      data-archived={row.archivedAt ? true : undefined}
    >
      {selectable && (
        <td>
          <Checkbox
            size="xs"
            aria-label={t('list.select')}
            checked={picked.has(row.id)}
            onChange={() => setPicked(toggled(picked, row.id))}
          />
        </td>
      )}
      {columns.map((column, at) => (
        <td key={column.key} data-figure={column.isFigure || undefined}>
          <Cell entity={entity} column={column} row={row} list={list} href={at === 0 ? href : null} />
        </td>
      ))}
    </tr>
  )
}

export function Cell({
  entity,
  column,
  row,
  list,
  href,
  link = !href,
  plain = true,
}: {
  entity: Entity
  column: Column
  row: WireRow
  list: List
  href?: string | null
  /** Does what it names lead to its page? */
  link?: boolean
  plain?: boolean
}) {
  const content = column.show ? (
    column.show(row, list.refs)
  ) : (
    <Value
      entity={entity}
      name={column.key}
      field={column.field!}
      value={shownValue(entity, column.key, row, list.refs)}
      row={row}
      refs={list.refs}
      link={link}
      plain={plain}
    />
  )
  if (!href) return content
  const { to, search } = splitHref(href)
  return (
    <Link to={to} search={search} className={classes.rowLink ?? ''}>
      {content}
    </Link>
  )
}
