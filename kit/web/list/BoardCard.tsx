import type { ReactNode } from 'react'
import type { Entity } from '../../entity.ts'
import type { WireRow } from '../entity/entity.ts'
import { Link, splitHref } from '../base/url.tsx'
import type { Column } from './columns.ts'
import { cardOf } from './card.ts'
import { Cell } from './Rows.tsx'
import type { List } from './rows.ts'
import classes from './board.module.css'

export interface BoardCardProps {
  readonly entity: Entity
  readonly columns: readonly Column[]
  readonly list: List
  readonly row: WireRow
  readonly href: string | null
  readonly isDrawn: boolean
  readonly onDrawn: (row: WireRow | null) => void
  /** What can be done with it. */
  readonly menu: ReactNode
}

/** A row on a board: what it is called, its figure, the rest below; its state is the column. */
export function BoardCard({ entity, columns, list, row, href, isDrawn, onDrawn, menu }: BoardCardProps) {
  const { title, figure, facts } = cardOf(entity, columns, row)
  const name = title && <Cell entity={entity} column={title} row={row} list={list} link={false} />
  return (
    <article
      className={classes.card}
      data-card
      data-drawn={isDrawn || undefined}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', row.id)
        onDrawn(row)
      }}
      onDragEnd={() => onDrawn(null)}
    >
      <div className={classes.line}>
        <span className={classes.title}>
          {href ? (
            <Link {...splitHref(href)} className={classes.link ?? ''} draggable={false}>
              {name}
            </Link>
          ) : (
            name
          )}
        </span>
        {menu}
      </div>
      <div className={classes.facts}>
        {facts.map((column) => (
          <span key={column.key}>
            <Cell entity={entity} column={column} row={row} list={list} link={false} plain={false} />
          </span>
        ))}
        {figure && (
          <span className={classes.figure}>
            <Cell entity={entity} column={figure} row={row} list={list} link={false} plain={false} />
          </span>
        )}
      </div>
    </article>
  )
}
