import { ActionIcon, Autocomplete, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { markOfLanguage } from '#kit/decimal.ts'
import { decimalsOf, minor, sum } from '#kit/money.ts'
import { extend, qty } from '#kit/quantity.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { AmountInput, QuantityInput } from '#kit/web/input/figures.tsx'
import { DayInput } from '#kit/web/input/DayInput.tsx'
import { useCells } from '#kit/web/document/lines.ts'
import { foundText } from '#kit/web/base/problem.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Amount, Quantity } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { StockProblem } from '../stock/stock.ts'
import { mostLines } from './document.ts'
import { costFaultOf, quantityFault, type Fault, type Missing, type PaperKind } from './goods.rules.ts'
import { SignedQuantity } from './SignedQuantity.tsx'
import type { Goods, GoodsLine } from './useGoods.tsx'
import type { Shortage, Shortages } from './useShortages.tsx'
import classes from './goods.module.css'

const isWhole = (text: string | null): text is string => text !== null && /^-?\d{1,16}$/.test(text)
export const valueOf = (line: GoodsLine): bigint =>
  isWhole(line.quantity) && isWhole(line.unitCost) ? extend(minor(line.unitCost), qty(line.quantity), line.priceUnit ?? '1') : 0n

const LINE = 57

/**
 * The lines of a paper. What is to be typed depends on its kind: a receipt has costs. Only lines near the
 * screen are in the page, however many there are. Enter goes to the next cell, up and down to the same one of another line.
 */
export function GoodsTable({ kind, goods, shortages }: { kind: PaperKind; goods: Goods; shortages: Shortages }) {
  const t = useT()
  const { lines } = goods.draft
  const hasCost = kind === 'receipt'
  const cells = useCells(
    lines.map((line) => line.key),
    LINE,
  )
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
        ref={cells.frame}
        className={classes.lines}
        data-cost={hasCost || undefined}
        onKeyDown={cells.onKeyDown}
        style={cells.space}
      >
        {cells.shown.map(({ index, key }) => (
          <li
            key={key}
            ref={cells.measure}
            data-index={index}
            aria-setsize={lines.length}
            aria-posinset={index + 1}
            className={classes.line}
          >
            <Line kind={kind} goods={goods} line={lines[index]!} short={shortages.of(lines[index]!)} />
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
}

interface LineProps {
  readonly kind: PaperKind
  readonly goods: Goods
  readonly line: GoodsLine
  readonly short: Shortage | undefined
}

function Line({ kind, goods, line, short }: LineProps) {
  const t = useT()
  const format = useFormat()
  const { currency } = useSession()
  const mark = markOfLanguage(t.locale)
  const said = (fault: Fault | undefined) => fault && t(`invalid.${fault.code}`, fault.n === undefined ? {} : { n: fault.n })
  const per = format.per(line.priceUnit ?? '1', line.unit)
  const hasCost = kind === 'receipt'
  const quantity = {
    'data-cell': true,
    // What is read out is what stands above the column.
    'aria-label':
      QUANTITY[kind] === 'field.quantity' ? t('goods.quantityOf', { name: line.name }) : `${t(QUANTITY[kind])}: ${line.name}`,
    label: t(QUANTITY[kind]),
    error: short && t('goods.onlyHere', { available: format.quantity(short.available) }),
    fault: said(quantityFault(kind, line.quantity, mark)),
    value: line.quantity,
    onChange: (typed: string | null) => goods.set(line.key, { quantity: typed }),
  }
  return (
    <>
      <div className={classes.what}>
        <span className={classes.name}>{line.name}</span>
        <small>
          {line.sku}
          {hasCost && per && ` · ${t('field.unitCost')} ${per}`}
          {' · '}
          {t('field.onHand')} <Quantity of={line.onHand} />
        </small>
        {short && isKeptBack(line, short) && <small className={classes.kept}>{t('goods.keptBack')}</small>}
        <LotOf kind={kind} line={line} goods={goods} />
      </div>
      {kind === 'adjustment' ? (
        <SignedQuantity {...quantity} name={line.name} reason={goods.draft.reason} />
      ) : (
        <QuantityInput {...quantity} />
      )}
      {hasCost && (
        <AmountInput
          data-cell
          aria-label={[t('goods.costOf', { name: line.name }), per].join(' ').trim()}
          label={t('field.unitCost')}
          fault={line.quantity === null ? undefined : said(costFaultOf(line, decimalsOf(currency), mark))}
          {...(line.isCostHidden && { placeholder: t('goods.costKept') })}
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

/** Lies more there than may be taken? */
const isKeptBack = ({ onHand, lot, lots }: GoodsLine, { available }: Shortage): boolean =>
  BigInt((lot ? lots.find((one) => one.code === lot)?.onHand : onHand) ?? 0) > BigInt(available)

/** How many lines say something, and what they are worth. */
export function GoodsTotal({
  kind,
  lines,
  short,
  missing,
}: {
  kind: PaperKind
  lines: readonly GoodsLine[]
  short: Shortage | undefined
  /** What keeps it from being posted, by its name. */
  missing: Missing | 'own' | null
}) {
  const t = useT()
  const format = useFormat()
  const name = lines.find((line) => line.variant === short?.variant)?.name
  if (short && name)
    return (
      <p className={classes.short} role="status">
        {foundText(
          t,
          StockProblem.short({ name, available: format.quantity(short.available), wanted: format.quantity(short.wanted) }),
        )}
      </p>
    )
  return (
    <p className={classes.total}>
      <T k="goods.lines" n={lines.filter((line) => line.quantity !== null).length} />
      {missing && <span role="status">{t(`goods.missing.${missing}`, { n: mostLines[kind] })}</span>}
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
