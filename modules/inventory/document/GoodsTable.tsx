import { ActionIcon, Autocomplete, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { extend } from '#kit/quantity.ts'
import { minor, sum } from '#kit/money.ts'
import { qty } from '#kit/quantity.ts'
import { useFormat } from '#kit/web/format.ts'
import { AmountInput, QuantityInput } from '#kit/web/figures.tsx'
import { DayInput } from '#kit/web/DayInput.tsx'
import { useScroller } from '#kit/web/list/scroller.ts'
import { Amount, Quantity } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { Goods, GoodsLine, PaperKind } from './useGoods.tsx'
import classes from './goods.module.css'

const isWhole = (text: string | null): text is string => text !== null && /^-?\d{1,15}$/.test(text)
export const valueOf = (line: GoodsLine): bigint =>
  isWhole(line.quantity) && isWhole(line.unitCost) ? extend(minor(line.unitCost), qty(line.quantity), line.priceUnit ?? '1') : 0n

const LINE = 57
const CELLS = '[data-cell]'

/**
 * The lines of a paper. What is to be typed depends on its kind: a count is blind, a receipt has costs. Only lines near the
 * screen are in the page, however many there are. Enter goes to the next cell, up and down to the same one of another line.
 */
export function GoodsTable({ kind, goods }: { kind: PaperKind; goods: Goods }) {
  const t = useT()
  const { lines } = goods.draft
  const hasCost = kind === 'receipt'
  const frame = useRef<HTMLUListElement>(null)
  const wanted = useRef<{ line: number; cell: number } | null>(null)
  const { scroller, above } = useScroller(frame, lines.length)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => LINE,
    getItemKey: (index) => lines[index]!.key,
    scrollMargin: above,
    overscan: 8,
  })
  const shown = virtual.getVirtualItems()
  const cellsOf = (line: number) => [...(frame.current?.querySelectorAll<HTMLElement>(`[data-index="${line}"] ${CELLS}`) ?? [])]
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
    if (line < 0 || line >= lines.length) return
    wanted.current = { line, cell }
    if (cellsOf(line).length === 0) virtual.scrollToIndex(line, { align: 'center' })
    focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const from = event.target as HTMLElement
    if (!from.matches(`${CELLS}`) || event.ctrlKey || event.metaKey || event.altKey) return
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
  return (
    <>
      <div className={classes.titles} data-cost={hasCost || undefined} aria-hidden>
        <span>{t('field.name')}</span>
        <span>{t(QUANTITY[kind])}</span>
        {hasCost && <span>{t('field.unitCost')}</span>}
        {hasCost && <span className={classes.end}>{t('field.value')}</span>}
        <span />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it is the cells that hear the keys */}
      <ul
        ref={frame}
        className={classes.lines}
        data-cost={hasCost || undefined}
        onKeyDown={onKeyDown}
        style={{
          paddingTop: (shown[0]?.start ?? above) - above,
          paddingBottom: virtual.getTotalSize() - ((shown.at(-1)?.end ?? above) - above),
        }}
      >
        {shown.map(({ index, key }) => (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            aria-setsize={lines.length}
            aria-posinset={index + 1}
            className={classes.line}
          >
            <Line kind={kind} goods={goods} line={lines[index]!} />
          </li>
        ))}
      </ul>
    </>
  )
}

const QUANTITY: Record<PaperKind, string> = {
  receipt: 'field.quantity',
  transfer: 'field.quantity',
  adjustment: 'goods.difference',
  count: 'field.counted',
}

function Line({ kind, goods, line }: { kind: PaperKind; goods: Goods; line: GoodsLine }) {
  const t = useT()
  const format = useFormat()
  const per = format.per(line.priceUnit ?? '1', line.unit)
  const hasCost = kind === 'receipt'
  return (
    <>
      <div className={classes.what}>
        <span className={classes.name}>{line.name}</span>
        <small>
          {line.sku}
          {hasCost && per && ` · ${t('field.unitCost')} ${per}`}
          {kind !== 'count' && (
            <>
              {' · '}
              {t('field.onHand')} <Quantity of={line.onHand} />
            </>
          )}
        </small>
        <LotOf kind={kind} line={line} goods={goods} />
      </div>
      <QuantityInput
        data-cell
        aria-label={t('goods.quantityOf', { name: line.name })}
        label={t(QUANTITY[kind])}
        value={line.quantity}
        onChange={(quantity) => goods.set(line.key, { quantity })}
      />
      {hasCost && (
        <AmountInput
          data-cell
          aria-label={[t('goods.costOf', { name: line.name }), per].join(' ').trim()}
          label={t('field.unitCost')}
          value={line.unitCost}
          onChange={(unitCost) => goods.set(line.key, { unitCost })}
        />
      )}
      {hasCost && (
        <span className={classes.value}>
          <Amount of={valueOf(line)} plain />
        </span>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('goods.remove', { name: line.name })}
        onClick={() => goods.remove(line.key)}
      >
        <IconX size={17} />
      </ActionIcon>
    </>
  )
}

/** How many lines say something, and what they are worth. */
export function GoodsTotal({ kind, lines }: { kind: PaperKind; lines: readonly GoodsLine[] }) {
  return (
    <p className={classes.total}>
      <T k="goods.lines" n={lines.filter((line) => line.quantity !== null).length} />
      {kind === 'receipt' && (
        <b>
          <Amount of={sum(lines.map(valueOf))} />
        </b>
      )}
    </p>
  )
}

/** Which lot a line means. Goods that come in may get one; of goods that lie here in lots one is chosen. */
function LotOf({ kind, line, goods }: { kind: PaperKind; line: GoodsLine; goods: Goods }) {
  const t = useT()
  const format = useFormat()
  const set = (values: Partial<GoodsLine>) => goods.set(line.key, values)
  if (kind === 'receipt')
    return line.lot === null ? (
      <button type="button" className={classes.add} onClick={() => set({ lot: '' })}>
        {t('lot.add')}
      </button>
    ) : (
      <div className={classes.lot}>
        <Autocomplete
          size="xs"
          aria-label={t('lot.codeOf', { name: line.name })}
          placeholder={t('lot.code')}
          value={line.lot}
          maxLength={60}
          data={line.lots.map((lot) => lot.code)}
          onChange={(code) => {
            const known = line.lots.find((lot) => lot.code === code)
            set({ lot: code, ...(known && { expiresOn: known.expiresOn }) })
          }}
        />
        <DayInput
          size="xs"
          aria-label={t('lot.expiresOf', { name: line.name })}
          value={line.expiresOn}
          onChange={(expiresOn) => set({ expiresOn })}
        />
        <button type="button" className={classes.add} onClick={() => goods.again(line)}>
          {t('lot.another')}
        </button>
      </div>
    )
  if (line.lots.length === 0) return null
  if (kind === 'count') return <small>{line.lot ? t('lot.named', { lot: line.lot }) : t('lot.none')}</small>
  return (
    <div className={classes.lot}>
      <Select
        size="xs"
        aria-label={t('lot.codeOf', { name: line.name })}
        placeholder={t(kind === 'transfer' ? 'lot.firstToExpire' : 'lot.none')}
        clearable
        data={line.lots.map((lot) => ({
          value: lot.code,
          label: [lot.code, lot.expiresOn && format.day(lot.expiresOn), format.quantity(lot.onHand)].filter(Boolean).join(' · '),
        }))}
        value={line.lot}
        onChange={(lot) => set({ lot })}
      />
      <button type="button" className={classes.add} onClick={() => goods.again(line)}>
        {t('lot.another')}
      </button>
    </div>
  )
}
