import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type OutputOf } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { EmptyState, Panel, Problem } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { DifferenceLines } from './DifferenceLines.tsx'
import type { stockCountRoutes } from './stock-count.routes.ts'
import type { CountingLine, ShownCount } from './useCounting.tsx'
import classes from './stock-count.module.css'

type Told = OutputOf<typeof stockCountRoutes, 'GET /inventory/stock-counts/:id/differences'>
export type Difference = Told['rows'][number] & { readonly of: CountingLine }

const SHOWN = ['differing', 'notCounted', 'all'] as const
type Shown = (typeof SHOWN)[number]
const isShown: Record<Shown, (one: Difference) => boolean> = {
  differing: (one) => one.difference !== '0' || one.fault !== null,
  notCounted: (one) => one.counted === null,
  all: () => true,
}
const sizeOf = (one: Difference): bigint => {
  const size = BigInt(one.value ?? one.difference)
  return size < 0n ? -size : size
}

/** What was found beside what should have lain there, the largest difference first: counted again, left, or said to be gone. */
export function Differences({ shown }: { shown: ShownCount }) {
  const t = useT()
  const { row } = shown
  const { may } = useSession()
  const mayCount = may('inventory.stock.adjust', row.place)
  const { data, error, refetch } = useQuery({
    ...api<typeof stockCountRoutes>()('GET /inventory/stock-counts/:id/differences', { id: row.id }),
    enabled: mayCount,
  })
  const [filter, setFilter] = useState<Shown>('differing')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  if (!mayCount) return null
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  if (!data) return null
  const byId = new Map(shown.lines.map((line) => [line.id, line]))
  const all = data.rows.flatMap((one): Difference[] => {
    const of = byId.get(one.line)
    return of ? [{ ...one, of }] : []
  })
  const rows = all.filter(isShown[filter]).toSorted((one, other) => Number(sizeOf(other) - sizeOf(one)))
  const choose = (line: string) =>
    setChosen((before) => new Set(before.has(line) ? [...before].filter((one) => one !== line) : [...before, line]))
  return (
    <>
      <Panel flush>
        <div className={classes.chooser}>
          <SegmentedControl
            aria-label={t('stockCount.show')}
            value={filter}
            onChange={(next) => setFilter(next as Shown)}
            data={SHOWN.map((value) => ({
              value,
              label: t(`stockCount.show.${value}`, { n: all.filter(isShown[value]).length }),
            }))}
          />
          <Uncounted count={row.id} all={all} />
        </div>
        {rows.length === 0 ? (
          <EmptyState title={t(filter === 'differing' ? 'goods.noDifference' : 'stockCount.allCounted')} />
        ) : (
          <DifferenceLines count={row.id} rows={rows} refs={shown.refs} chosen={chosen} onChoose={choose} />
        )}
      </Panel>
      <Foot count={row.id} told={data} chosen={chosen} onDone={() => setChosen(new Set())} />
    </>
  )
}

/** What nobody counted, all at once. */
function Uncounted({ count, all }: { count: string; all: readonly Difference[] }) {
  const t = useT()
  const settle = useCommand<typeof stockCountRoutes>()('POST /inventory/stock-counts/:id/uncounted')
  const open = all.filter((one) => one.counted === null)
  if (open.length === 0) return null
  const isLeft = open.some((one) => !one.isGone)
  return (
    <span className={classes.acts}>
      {isLeft && (
        <Button variant="default" loading={settle.isRunning} onClick={() => void settle.run({ id: count, isGone: true })}>
          {t('stockCount.allGone', { n: open.filter((one) => !one.isGone).length })}
        </Button>
      )}
      {open.some((one) => one.isGone) && (
        <Button variant="default" loading={settle.isRunning} onClick={() => void settle.run({ id: count, isGone: false })}>
          {t('stockCount.leaveAll')}
        </Button>
      )}
    </span>
  )
}

interface FootProps {
  readonly count: string
  readonly told: Told
  readonly chosen: ReadonlySet<string>
  readonly onDone: () => void
}

function Foot({ count, told: { found, missing }, chosen, onDone }: FootProps) {
  const t = useT()
  const recount = useCommand<typeof stockCountRoutes>()('POST /inventory/stock-counts/:id/recount', { onDone })
  if (found === null && chosen.size === 0) return null
  return (
    <div className={classes.foot}>
      {found !== null && missing !== null && (
        <span className={classes.sums}>
          <span>
            <T k="stockCount.found" /> <Amount of={found} />
          </span>
          <span>
            <T k="stockCount.missing" /> <Amount of={missing} />
          </span>
        </span>
      )}
      {chosen.size > 0 && (
        <span className={classes.acts}>
          <Button loading={recount.isRunning} onClick={() => void recount.run({ id: count, lines: [...chosen] })}>
            {t('stockCount.recount', { n: chosen.size })}
          </Button>
        </span>
      )}
    </div>
  )
}
