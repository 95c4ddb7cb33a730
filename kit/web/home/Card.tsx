import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Panel, Problem } from '../look/parts.tsx'
import classes from './card.module.css'

interface CardProps<Data> {
  readonly title: string
  readonly actions?: ReactNode
  /** What it shows. */
  readonly of: UseQueryResult<Data>
  /** As high as it will mostly be, in pixels, while it comes. */
  readonly height: number
  /** A sentence in place of what isn't there. */
  readonly blank?: (data: Data) => string | false
  readonly children: (data: Data) => ReactNode
}

/** A card of the home: while it comes, when it can't, when there is nothing, and what it shows. */
export function Card<Data>({ title, actions, of, height, blank, children }: CardProps<Data>) {
  const { data, error, isPending, refetch } = of
  const nothing = data !== undefined && blank?.(data)
  return (
    <Panel flush title={title} actions={actions}>
      {isPending ? (
        <Skeleton h={height} m={18} w="auto" />
      ) : error ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : nothing ? (
        <p className={classes.blank}>{nothing}</p>
      ) : (
        children(data)
      )}
    </Panel>
  )
}
