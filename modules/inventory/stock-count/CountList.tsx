import { useEffect } from 'react'
import { useCells } from '#kit/web/document/lines.ts'
import { QuantityInput } from '#kit/web/input/figures.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { CountedBy } from './CountedBy.tsx'
import type { Counting } from './useCounting.tsx'
import classes from './stock-count.module.css'

const LINE = 65

/** All lines below each other: Enter goes on to the next, up and down to another one. */
export function CountList({ counting, at }: { counting: Counting; at: number | null }) {
  const t = useT()
  const { lines } = counting
  const cells = useCells(
    lines.map((line) => line.id),
    LINE,
  )
  useEffect(() => {
    if (at !== null) cells.go(at, 0)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- it goes where somebody was sent, once
  }, [at])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is the cells that hear the keys
    <ul ref={cells.frame} className={classes.list} onKeyDown={cells.onKeyDown} style={cells.space}>
      {cells.shown.map(({ index, key }) => {
        const line = lines[index]!
        return (
          <li
            key={key}
            ref={cells.measure}
            data-index={index}
            aria-setsize={lines.length}
            aria-posinset={index + 1}
            className={classes.line}
          >
            <div className={classes.what}>
              <span className={classes.name}>{line.name}</span>
              <small>{counting.hint(line)}</small>
              <CountedBy counting={counting} line={line} />
            </div>
            <QuantityInput
              data-cell
              aria-label={`${t('field.counted')}: ${[line.name, counting.lotOf(line)].filter(Boolean).join(' · ')}`}
              unit={line.unit}
              {...counting.input(line)}
            />
          </li>
        )
      })}
    </ul>
  )
}
