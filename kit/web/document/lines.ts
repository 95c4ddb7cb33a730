import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'
import { useScroller } from '../list/scroller.ts'

const CELLS = '[data-cell] input:not([type=hidden]), [data-cell] textarea, input[data-cell]'

/**
 * Rows of cells that are typed in: only those near the screen are in the page, however many there are. Enter goes to the next
 * cell and from the last one of a row to the next row, up and down to the same cell of another row.
 * @param rest where Enter goes after the last cell of all
 */
export function useCells(keys: readonly string[], height: number, rest?: () => void) {
  const frame = useRef<HTMLUListElement>(null)
  const wanted = useRef<{ line: number; cell: number } | null>(null)
  const { scroller, above } = useScroller(frame, keys.length)
  const virtual = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller,
    estimateSize: () => height,
    getItemKey: (index) => keys[index]!,
    scrollMargin: above,
    overscan: 8,
  })
  const shown = virtual.getVirtualItems()
  const cellsOf = (line: number) => cellsIn(frame, line)
  const focus = () => {
    const found = wanted.current && cellsOf(wanted.current.line)[wanted.current.cell]
    if (!found) return
    wanted.current = null
    found.focus()
    found.scrollIntoView({ block: 'nearest' })
  }
  // A line far away is in the page only after the list has gone there.
  useEffect(focus)
  const go = (line: number, cell: number) => {
    if (line < 0 || line >= keys.length) return line >= keys.length ? rest?.() : undefined
    wanted.current = { line, cell }
    if (cellsOf(line).length === 0) virtual.scrollToIndex(line, { align: 'center' })
    focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const from = event.target as HTMLElement
    if (!from.matches(CELLS) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const line = Number(from.closest<HTMLElement>('[data-index]')?.dataset['index'])
    const cells = cellsOf(line)
    const cell = cells.indexOf(from)
    const isLast = cell === cells.length - 1
    if (event.key === 'Enter') go(isLast ? line + 1 : line, isLast ? 0 : cell + 1)
    else if (event.key === 'ArrowDown') go(line + 1, cell)
    else if (event.key === 'ArrowUp') go(line - 1, cell)
    else return
    event.preventDefault()
  }
  return {
    frame,
    shown,
    measure: virtual.measureElement,
    onKeyDown,
    go,
    space: {
      paddingTop: (shown[0]?.start ?? above) - above,
      paddingBottom: virtual.getTotalSize() - ((shown.at(-1)?.end ?? above) - above),
    },
  }
}

const cellsIn = (frame: RefObject<HTMLElement | null>, line: number): HTMLElement[] =>
  [...(frame.current?.querySelectorAll<HTMLElement>(`[data-index="${line}"] :is(${CELLS})`) ?? [])].filter(
    (one) => one.tabIndex >= 0 && !(one as HTMLInputElement).disabled,
  )
