import { Button, Checkbox, Select } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Fragment, useState, type ReactNode } from 'react'
import { newId } from '../../id.ts'
import { call, type Reading } from '../base/api.ts'
import { useAction } from '../base/command.tsx'
import { QuantityInput } from '../input/figures.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem, Wide } from '../look/parts.tsx'
import { useSession } from '../session/session.tsx'
import { useGo, useSearch } from '../base/url.tsx'
import { useT } from '../base/words.tsx'
import review from '../review/review.module.css'
import classes from './document.module.css'

interface ProposalsPageProps<Row> {
  readonly title: string
  readonly hint: string
  /** For which place something is proposed. */
  readonly placeLabel: string
  readonly query: (place: string) => Reading<{ readonly rows: readonly Row[] }>
  readonly none: { readonly icon: Icon; readonly title: string; readonly hint: string }
  readonly children: (place: string, rows: readonly Row[]) => ReactNode
}

/** The page of what a place could do about what it lacks. */
export function ProposalsPage<Row>({ title, hint, placeLabel, query, none, children }: ProposalsPageProps<Row>) {
  const { place: own, places } = useSession()
  const [search, setSearch] = useSearch()
  const place = search['place'] ?? own?.id ?? places[0]?.id ?? ''
  const { data, error, refetch } = useQuery({ ...query(place), enabled: place !== '' })
  return (
    <PageBody>
      <PageHead
        title={title}
        hint={hint}
        actions={
          places.length > 1 && (
            <Select
              aria-label={placeLabel}
              allowDeselect={false}
              value={place}
              onChange={(id) => setSearch({ place: id ?? undefined })}
              data={places.map((one) => ({ value: one.id, label: one.name }))}
            />
          )
        }
      />
      {error && !data ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : !data ? (
        <PageSkeleton />
      ) : data.rows.length === 0 ? (
        <EmptyState icon={none.icon} title={none.title}>
          {none.hint}
        </EmptyState>
      ) : (
        <Fragment key={place}>{children(place, data.rows)}</Fragment>
      )}
    </PageBody>
  )
}

/** One line of what is proposed, with how much of it. */
interface Proposed {
  readonly name: string
  readonly quantity: string | number | bigint
}

interface ProposalsProps<Row extends Proposed> {
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** One document comes of each group; what belongs to none is shown, and can't be taken. */
  readonly groupOf: (row: Row) => string | null
  readonly group: (row: Row) => { readonly title: string; readonly hint?: string | undefined }
  readonly what: (row: Row) => ReactNode
  /** Figures that help to decide. */
  readonly columns: readonly { readonly label: string; readonly of: (row: Row) => ReactNode }[]
  readonly words: {
    readonly quantity: string
    readonly quantityOf: (row: Row) => string
    readonly takeOne: (row: Row) => string
    readonly make: (n: number) => string
    readonly made: string
  }
  /** Where the documents are, the state in which they begin, and what stands on each; nothing as long as that isn't known. */
  readonly path: string
  readonly state: string
  readonly write: ((group: string, rows: readonly Taken<Row>[]) => Readonly<Record<string, unknown>>) | undefined
  readonly touches: readonly string[]
}
export type Taken<Row> = Omit<Row, 'quantity'> & { readonly quantity: string }

/** What is proposed: ticked, changed where somebody knows better, and made into one document for each group. */
export function Proposals<Row extends Proposed>(props: ProposalsProps<Row>) {
  const { rows, keyOf, groupOf, words, path, state, write, touches } = props
  const t = useT()
  const go = useGo()
  const [quantities, setQuantities] = useState<Readonly<Record<string, string | null>>>({})
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const quantityOf = (row: Row) => (keyOf(row) in quantities ? quantities[keyOf(row)]! : String(row.quantity))
  const taken = (row: Row): Taken<Row>[] => {
    const quantity = quantityOf(row)
    return quantity !== null && !left.has(keyOf(row)) && /^[1-9]\d*$/.test(quantity) ? [{ ...row, quantity }] : []
  }
  const groups = [...Map.groupBy(rows, groupOf)]
  const chosen = groups.flatMap(([group, own]) => {
    const of = own.flatMap(taken)
    return group !== null && of.length > 0 ? [{ group, rows: of }] : []
  })
  // The same one when it is sent again.
  const [ids] = useState(() => new Map<string, string>())
  const idFor = (group: string) => ids.get(group) ?? (ids.set(group, newId()), ids.get(group)!)
  const make = useAction(
    async (documents: readonly { readonly id: string }[], key) => {
      for (const [index, one] of documents.entries()) await call(`POST ${path}`, one, { key: `${key}-${index}` })
      return documents
    },
    {
      touches: [...touches],
      done: words.made,
      onDone: (documents) => (documents.length === 1 ? go(`${path}/${documents[0]!.id}`) : go(path, { search: { state } })),
    },
  )
  const toggle = (own: readonly Row[], isOn: boolean) =>
    setLeft((before) => {
      const keys = new Set(own.map(keyOf))
      return isOn ? before.difference(keys) : before.union(keys)
    })
  return (
    <>
      {groups.map(([group, own]) => (
        <ProposedGroup
          key={group ?? ''}
          {...props}
          rows={own}
          canTake={group !== null}
          isOn={(row) => !left.has(keyOf(row))}
          quantityOf={quantityOf}
          onToggle={toggle}
          onQuantity={(row, value) => setQuantities((before) => ({ ...before, [keyOf(row)]: value }))}
        />
      ))}
      <div className={classes.foot}>
        <span>{t('proposed.chosen', { n: chosen.reduce((all, one) => all + one.rows.length, 0) })}</span>
        <span className={classes.acts}>
          <Button
            loading={make.isRunning}
            disabled={chosen.length === 0 || !write}
            onClick={() => write && void make.run(chosen.map((one) => ({ id: idFor(one.group), ...write(one.group, one.rows) })))}
          >
            {words.make(chosen.length)}
          </Button>
        </span>
      </div>
    </>
  )
}

interface ProposedGroupProps<Row extends Proposed> extends ProposalsProps<Row> {
  readonly canTake: boolean
  readonly isOn: (row: Row) => boolean
  readonly quantityOf: (row: Row) => string | null
  readonly onToggle: (rows: readonly Row[], isOn: boolean) => void
  readonly onQuantity: (row: Row, quantity: string | null) => void
}

function ProposedGroup<Row extends Proposed>(props: ProposedGroupProps<Row>) {
  const { rows, group, keyOf, what, columns, words, canTake, isOn, quantityOf, onToggle, onQuantity } = props
  const t = useT()
  const { title, hint } = group(rows[0]!)
  const on = rows.filter(isOn).length
  return (
    <Panel
      flush
      title={<bdi>{title}</bdi>}
      actions={
        canTake && (
          <Checkbox
            label={t('proposed.all')}
            checked={on === rows.length}
            indeterminate={on > 0 && on < rows.length}
            onChange={(event) => onToggle(rows, event.currentTarget.checked)}
          />
        )
      }
    >
      {hint && <p className={classes.groupHint}>{hint}</p>}
      <Wide label={title} of={620} stacks>
        <table className={`${review.table} ${classes.table}`}>
          <thead>
            <tr>
              {canTake && <th aria-label={t('proposed.take')} />}
              <th>{t('lines.what')}</th>
              {columns.map(({ label }) => (
                <th key={label} data-figure>
                  {label}
                </th>
              ))}
              <th data-figure>{words.quantity}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {canTake && (
                  <td>
                    <Checkbox
                      size="md"
                      className={classes.tick ?? ''}
                      aria-label={words.takeOne(row)}
                      checked={isOn(row)}
                      onChange={(event) => onToggle([row], event.currentTarget.checked)}
                    />
                  </td>
                )}
                <td>{what(row)}</td>
                {columns.map(({ label, of }) => (
                  <td key={label} data-figure data-label={label}>
                    {of(row)}
                  </td>
                ))}
                <td data-figure data-label={words.quantity}>
                  <QuantityInput
                    aria-label={words.quantityOf(row)}
                    className={classes.asked ?? ''}
                    value={quantityOf(row)}
                    onChange={(value) => onQuantity(row, value)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Panel>
  )
}
