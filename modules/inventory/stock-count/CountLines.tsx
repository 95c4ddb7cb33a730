import type { CSSProperties } from 'react'
import { useCells } from '#kit/web/document/lines.ts'
import { EmptyState, Panel } from '#kit/web/look/parts.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Quantity } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { useProgress, type CountingLine, type ShownCount } from './useCounting.tsx'
import classes from './stock-count.module.css'

const LINE = 58
const FIGURES = { '--figures': 3 } as CSSProperties

/** The lines of a count: who counted which while it is counted, and what was found once it is posted. */
export function CountLines({ shown: { row, lines, refs } }: { shown: ShownCount }) {
  const t = useT()
  const progress = new Map(useProgress(row.id)?.map((one) => [one.line, one]))
  const isPosted = row.state === 'posted'
  const isCounting = row.state === 'counting'
  const cells = useCells(
    lines.map((line) => line.id),
    LINE,
  )
  const sayers = (line: CountingLine) => {
    const one = progress.get(line.id)
    return one ? [...(one.mine === null ? [] : [t('stockCount.you')]), ...one.by].join(' · ') : ''
  }
  if (lines.length === 0)
    return (
      <Panel>
        <EmptyState title={t('stockCount.empty')}>{t('stockCount.emptyHint')}</EmptyState>
      </Panel>
    )
  return (
    <Panel
      flush
      title={t('lines.title')}
      actions={
        isCounting && (
          <span className={classes.sums}>
            {t('stockCount.progress', {
              n: lines.filter((line) => line.round === row.round && progress.has(line.id)).length,
              of: lines.filter((line) => line.round === row.round).length,
            })}
          </span>
        )
      }
    >
      {isPosted && (
        <div className={`${classes.line} ${classes.titles}`} data-figures style={FIGURES} aria-hidden>
          <span>{t('lines.what')}</span>
          {['field.expected', 'field.counted', 'goods.difference'].map((key) => (
            <span key={key} className={classes.figure}>
              {t(key)}
            </span>
          ))}
        </div>
      )}
      <ul ref={cells.frame} className={classes.list} style={{ ...cells.space, ...(isPosted ? FIGURES : {}) }}>
        {cells.shown.map(({ index, key }) => {
          const line = lines[index]!
          return (
            <li
              key={key}
              ref={cells.measure}
              data-index={index}
              data-figures
              data-said={!isPosted || undefined}
              className={classes.line}
            >
              <span className={classes.what}>
                <Link to={`/inventory/stock/${line.variant}`} className={classes.name ?? ''}>
                  {line.name}
                </Link>
                <small>{[line.sku, line.lot && t('lot.named', { lot: refs[line.lot] ?? '' })].filter(Boolean).join(' · ')}</small>
              </span>
              {isPosted && line.counted === null && (
                <span className={classes.figure}>
                  <T k="stockCount.notCounted" />
                </span>
              )}
              {isPosted && line.counted !== null && <Found line={line} />}
              {isCounting && <span className={classes.figure}>{sayers(line) || (line.round < row.round ? '✓' : '')}</span>}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

function Found({ line: { counted, expected, unit } }: { line: CountingLine }) {
  const t = useT()
  return (
    <>
      <span className={classes.figure} data-label={t('field.expected')}>
        <Quantity of={expected} />
      </span>
      <span className={classes.figure} data-label={t('field.counted')}>
        <Quantity of={counted} unit={unit} />
      </span>
      <span className={classes.figure} data-label={t('goods.difference')}>
        <Quantity of={BigInt(counted!) - BigInt(expected ?? '0')} />
      </span>
    </>
  )
}
