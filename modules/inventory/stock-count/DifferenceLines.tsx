import { Button, Checkbox } from '@mantine/core'
import type { CSSProperties } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { useCells } from '#kit/web/document/lines.ts'
import type { Refs } from '#kit/web/entity/entity.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { foundText } from '#kit/web/base/problem.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Amount, Quantity } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { Difference } from './Differences.tsx'
import type { stockCountRoutes } from './stock-count.routes.ts'
import classes from './stock-count.module.css'

const LINE = 74

interface LinesProps {
  readonly count: string
  readonly rows: readonly Difference[]
  readonly refs: Refs
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (line: string) => void
}

/** Only those near the screen are in the page, however many there are. */
export function DifferenceLines({ count, rows, refs, chosen, onChoose }: LinesProps) {
  const t = useT()
  const { may } = useSession()
  const seesValue = may('catalog.cost.read')
  const cells = useCells(
    rows.map((one) => one.line),
    LINE,
  )
  const figures = { '--figures': seesValue ? 4 : 3 } as CSSProperties
  return (
    <div style={figures}>
      <div className={`${classes.line} ${classes.titles}`} data-figures data-choosable aria-hidden>
        <span />
        <span>{t('lines.what')}</span>
        {['field.expected', 'field.counted', 'goods.difference', ...(seesValue ? ['field.value'] : [])].map((key) => (
          <span key={key} className={classes.figure}>
            {t(key)}
          </span>
        ))}
      </div>
      <ul ref={cells.frame} className={classes.list} style={cells.space}>
        {cells.shown.map(({ index, key }) => {
          const one = rows[index]!
          return (
            <li key={key} ref={cells.measure} data-index={index} data-figures data-choosable className={classes.line}>
              <Checkbox
                aria-label={t('stockCount.choose', { name: one.of.name })}
                checked={chosen.has(one.line)}
                onChange={() => onChoose(one.line)}
              />
              <What count={count} one={one} refs={refs} />
              <Figures one={one} seesValue={seesValue} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** The article, who found how much of it where several did, what moved since, and what keeps it from being posted. */
function What({ count, one, refs }: { count: string; one: Difference; refs: Refs }) {
  const t = useT()
  const format = useFormat()
  const settle = useCommand<typeof stockCountRoutes>()('POST /inventory/stock-counts/:id/uncounted')
  const { name, sku, lot } = one.of
  return (
    <span className={classes.what}>
      <span className={classes.name}>{name}</span>
      <small>{[sku, lot && t('lot.named', { lot: refs[lot] ?? '' })].filter(Boolean).join(' · ')}</small>
      {one.by.length > 1 && (
        <small>
          <bdi>{one.by.map((by) => `${by.name} ${format.quantity(by.quantity)}`).join(' · ')}</bdi>
        </small>
      )}
      {one.counted !== null && one.since !== '0' && (
        <small>
          <T k={one.since.startsWith('-') ? 'goods.leftSince' : 'goods.cameSince'} /> <Quantity of={one.since.replace('-', '')} />
        </small>
      )}
      {one.fault && <small data-bad>{foundText(t, one.fault as never)}</small>}
      {one.counted === null && (
        <Button
          size="compact-sm"
          variant="default"
          loading={settle.isRunning}
          aria-label={`${t(one.isGone ? 'stockCount.leave' : 'stockCount.gone')}: ${name}`}
          onClick={() => void settle.run({ id: count, isGone: !one.isGone, lines: [one.line] })}
        >
          {t(one.isGone ? 'stockCount.leave' : 'stockCount.gone')}
        </Button>
      )}
    </span>
  )
}

function Figures({ one, seesValue }: { one: Difference; seesValue: boolean }) {
  const t = useT()
  const isSaid = one.counted !== null || one.isGone
  return (
    <>
      <span className={classes.figure} data-label={t('field.expected')}>
        <Quantity of={one.expected} />
      </span>
      <span className={classes.figure} data-label={t('field.counted')}>
        {isSaid ? <Quantity of={one.counted ?? '0'} /> : <T k="stockCount.notCounted" />}
      </span>
      <span className={classes.figure} data-label={t('goods.difference')}>
        {isSaid && <Quantity of={one.difference} />}
      </span>
      {seesValue && (
        <span className={classes.figure} data-label={t('field.value')}>
          {isSaid && one.value !== null && <Amount of={one.value} plain />}
        </span>
      )}
    </>
  )
}
