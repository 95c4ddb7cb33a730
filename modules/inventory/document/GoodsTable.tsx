import { ActionIcon, Autocomplete, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { extend } from '#kit/quantity.ts'
import { minor, sum } from '#kit/money.ts'
import { qty } from '#kit/quantity.ts'
import { useFormat } from '#kit/web/format.ts'
import { AmountInput, DayInput, QuantityInput } from '#kit/web/inputs.tsx'
import { Amount, Quantity } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { Goods, GoodsLine, PaperKind } from './useGoods.ts'
import classes from './goods.module.css'

const isWhole = (text: string | null): text is string => text !== null && /^-?\d{1,15}$/.test(text)
export const valueOf = (line: GoodsLine): bigint =>
  isWhole(line.quantity) && isWhole(line.unitCost) ? extend(minor(line.unitCost), qty(line.quantity)) : 0n

/** The lines of a paper. What is to be typed depends on its kind: a count is blind, a receipt has costs. */
export function GoodsTable({ kind, goods }: { kind: PaperKind; goods: Goods }) {
  const t = useT()
  const { lines } = goods.draft
  const hasCost = kind === 'receipt'
  const showsStock = kind !== 'count'
  return (
    <>
      <ul className={classes.lines} data-cost={hasCost || undefined}>
        {lines.map((line) => (
          <li key={line.key} className={classes.line}>
            <div className={classes.what}>
              <span className={classes.name}>{line.name}</span>
              <small>
                {line.sku}
                {showsStock && (
                  <>
                    {' · '}
                    {t('field.onHand')} <Quantity of={line.onHand} />
                  </>
                )}
              </small>
              <LotOf kind={kind} line={line} goods={goods} />
            </div>
            <QuantityInput
              aria-label={t('goods.quantityOf', { name: line.name })}
              label={t(kind === 'count' ? 'field.counted' : kind === 'adjustment' ? 'goods.difference' : 'field.quantity')}
              value={line.quantity}
              onChange={(quantity) => goods.set(line.key, { quantity })}
            />
            {hasCost && (
              <AmountInput
                aria-label={t('goods.costOf', { name: line.name })}
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
          </li>
        ))}
      </ul>
      <p className={classes.total}>
        <T k="goods.lines" n={lines.filter((line) => line.quantity !== null).length} />
        {hasCost && (
          <b>
            <Amount of={sum(lines.map(valueOf))} />
          </b>
        )}
      </p>
    </>
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
