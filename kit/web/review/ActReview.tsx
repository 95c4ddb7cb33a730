import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { EffectColumn, EffectTable, Reviewed } from '../../effect.ts'
import { useAction } from '../base/command.tsx'
import { call, type Wire } from '../base/api.ts'
import { Problem, Wide } from '../look/parts.tsx'
import { Review } from './PostingForm.tsx'
import { Amount, Quantity } from '../entity/values.tsx'
import { T, useT } from '../base/words.tsx'
import classes from './review.module.css'

export interface ActReviewProps {
  readonly route: string
  readonly input: Readonly<Record<string, unknown>>
  readonly title: string
  /** The act's own name, on the button that does it. */
  readonly action: string
  /** Areas whose screens show something else afterwards. */
  readonly touches: readonly string[]
  readonly onDone: (answer: Readonly<Record<string, unknown>>) => void
  readonly onClose: () => void
  /** Above what will come of it. */
  readonly children?: ReactNode
}

/**
 * What an act will do, before it is done: the server does it, tells what came of it, and takes it back. What it shows is what the
 * button then does.
 */
export function ActReview({ route, input: asked, title, action, touches, onDone, onClose, children }: ActReviewProps) {
  // What was looked at is what is done, also while the page beneath already holds the next one.
  const [input] = useState(asked)
  const { data, error } = useQuery({
    queryKey: ['review', route, input],
    queryFn: ({ signal }) => call<Wire<Reviewed>>(route, input, { signal, isReview: true }),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
  const post = useAction(
    (given: Readonly<Record<string, unknown>>, key) => call<Record<string, unknown>>(route, given, { key }),
    {
      quiet: true,
      touches,
      onDone,
    },
  )
  return (
    <Review
      title={title}
      action={action}
      isReady={data !== undefined}
      isRunning={post.isRunning}
      problem={post.problem}
      onPost={() => void post.run(input)}
      onClose={onClose}
    >
      {children}
      {error && <Problem of={error} />}
      {data && <Effects of={data} />}
    </Review>
  )
}

/** The effects of an act as tables, and who else has to agree. */
export function Effects({ of: { effects, approvals } }: { of: Wire<Reviewed> }) {
  const t = useT()
  return (
    <div className={classes.effects}>
      {approvals.map((kind) => (
        <p key={kind} className={classes.approval} role="status">
          <T k="review.approval" kind={t(`approval.${kind}`)} />
        </p>
      ))}
      {effects.length === 0 && approvals.length === 0 && (
        <p className={classes.approval}>
          <T k="review.nothing" />
        </p>
      )}
      {effects.map((table) => (
        <EffectPart key={table.title} of={table as Wire<EffectTable>} />
      ))}
    </div>
  )
}

function EffectPart({ of: { title, columns, rows, sums } }: { of: Wire<EffectTable> }) {
  const t = useT()
  const row = (cells: readonly unknown[]) =>
    columns.map((column, index) => (
      <td
        key={index}
        data-figure={column.kind === 'text' ? undefined : true}
        data-label={cells[index] === null ? undefined : t(column.label)}
      >
        <Cell kind={column.kind} of={cells[index] as string | null} />
      </td>
    ))
  return (
    <section>
      <h3>{t(title)}</h3>
      <Wide label={t(title)} of={360} stacks>
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map(({ label, kind }) => (
                <th key={label} data-figure={kind === 'text' ? undefined : true}>
                  {t(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, index) => (
              <tr key={index}>{row(cells as readonly unknown[])}</tr>
            ))}
          </tbody>
          {sums && (
            <tfoot>
              <tr>{row(sums as readonly unknown[])}</tr>
            </tfoot>
          )}
        </table>
      </Wide>
    </section>
  )
}

function Cell({ kind, of }: { kind: EffectColumn['kind']; of: string | null }) {
  if (of === null || of === undefined) return null
  if (kind === 'money') return <Amount of={of} plain />
  return kind === 'quantity' ? <Quantity of={of} /> : <bdi>{of}</bdi>
}
