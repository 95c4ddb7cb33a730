import { Checkbox, Skeleton } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { WireRow } from '../entity/entity.ts'
import { useGo, splitHref } from '../base/url.tsx'
import { fieldLabel } from '../entity/entity.ts'
import { Value } from '../entity/values.tsx'
import { useT } from '../base/words.tsx'
import { cardOf } from './card.ts'
import { useScrollPlace } from './place.ts'
import { Cell, hrefOf, toggled, type RowsProps } from './Rows.tsx'
import classes from './list.module.css'

/** Rows as cards, for phones: the first column is the title, a figure stands at the end, the rest below. */
export function Cards(given: RowsProps) {
  const { list, scroller, embedded } = given
  const t = useT()
  const top = useRef<HTMLUListElement>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => setMargin(top.current?.offsetTop ?? 0), [])
  const virtual = useVirtualizer({
    count: list.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 78,
    overscan: 10,
    scrollMargin: margin,
    enabled: !embedded,
  })
  useScrollPlace(scroller, !embedded && list.rows.length > 0)
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const { more, rows, hasMore } = list
  useEffect(() => {
    if (!embedded && hasMore && last >= rows.length - 15 && rows.length > 0) more()
  }, [embedded, hasMore, last, rows.length, more])
  if (list.isLoading) {
    return (
      <ul className={classes.cards} aria-busy ref={top}>
        {Array.from({ length: 8 }, (_, index) => (
          <li key={index} className={classes.card}>
            <Skeleton h={14} w="60%" mb={10} />
            <Skeleton h={11} w="85%" />
          </li>
        ))}
      </ul>
    )
  }
  if (embedded) {
    return (
      <ul className={classes.cards}>
        {rows.map((row) => (
          <li key={row.id}>
            <CardOf {...given} row={row} />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <>
      <ul className={classes.cards} ref={top} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => (
          <li
            key={rows[item.index]!.id}
            ref={virtual.measureElement}
            data-index={item.index}
            className={classes.placed}
            style={{ transform: `translateY(${item.start - margin}px)` }}
          >
            <CardOf {...given} row={rows[item.index]!} />
          </li>
        ))}
      </ul>
      <CardSums {...given} />
      <p className={classes.count} role="status">
        {list.isLoadingMore
          ? t('common.loading')
          : hasMore
            ? list.count === null
              ? t('list.rowsMore', { n: rows.length })
              : t('list.rowsOf', { n: rows.length, all: list.count })
            : t('list.rows', { n: rows.length })}
      </p>
    </>
  )
}

function CardOf({ entity, columns, list, picked, setPicked, selectable, props, row }: RowsProps & { row: WireRow }) {
  const t = useT()
  const go = useGo()
  const href = props.onRow ? null : hrefOf(props, row)
  const { title, figure, state, facts } = cardOf(entity, columns, row)
  const open = () => {
    if (props.onRow) props.onRow(row)
    else if (href) go(splitHref(href).to, { search: splitHref(href).search })
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the title holds the link for the keyboard
    <article
      className={classes.card}
      onClick={(event) => !(event.target as HTMLElement).closest('a, button, input, label') && open()}
      data-archived={row.archivedAt ? true : undefined}
    >
      <div className={classes.cardLine}>
        {selectable && (
          <label className={classes.pick}>
            <Checkbox
              size="sm"
              aria-label={t('list.select')}
              checked={picked.has(row.id)}
              onChange={() => setPicked(toggled(picked, row.id))}
            />
          </label>
        )}
        <span className={classes.cardTitle}>
          {title && <Cell entity={entity} column={title} row={row} list={list} href={href} />}
        </span>
        {figure && (
          <span className={classes.cardFigure}>
            <Cell entity={entity} column={figure} row={row} list={list} plain={false} />
          </span>
        )}
      </div>
      {(facts.length > 0 || state) && (
        <div className={classes.cardFacts}>
          {state && <Cell entity={entity} column={state} row={row} list={list} />}
          {facts.map((column) => (
            <span key={column.key}>
              {needsLabel(column.field?.kind) && <span className={classes.faint}>{column.label} </span>}
              <Cell entity={entity} column={column} row={row} list={list} plain={false} />
            </span>
          ))}
        </div>
      )}
    </article>
  )
}

const needsLabel = (kind: string | undefined) =>
  kind !== undefined && ['integer', 'money', 'quantity', 'rate', 'flag', 'day'].includes(kind)

/** What the list adds up to, over all that the filters leave. */
function CardSums({ entity, list, columns }: RowsProps) {
  const t = useT()
  const summed = columns.filter(({ key, field }) => field && key in list.sums)
  if (summed.length === 0) return null
  return (
    <dl className={classes.cardSums}>
      {summed.map(({ key, field }) => (
        <div key={key}>
          <dt>
            {t('list.sum')} · {fieldLabel(t, entity, key)}
          </dt>
          <dd>
            <Value entity={entity} name={key} field={field!} value={list.sums[key]} refs={{}} link={false} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
