import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { extend } from '#kit/quantity.ts'
import { minor, sum } from '#kit/money.ts'
import { qty } from '#kit/quantity.ts'
import { AmountInput, QuantityInput } from '#kit/web/inputs.tsx'
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
          <li key={line.variant} className={classes.line}>
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
            </div>
            <QuantityInput
              aria-label={t('goods.quantityOf', { name: line.name })}
              label={t(kind === 'count' ? 'field.counted' : kind === 'adjustment' ? 'goods.difference' : 'field.quantity')}
              value={line.quantity}
              onChange={(quantity) => goods.set(line.variant, { quantity })}
            />
            {hasCost && (
              <AmountInput
                aria-label={t('goods.costOf', { name: line.name })}
                label={t('field.unitCost')}
                value={line.unitCost}
                onChange={(unitCost) => goods.set(line.variant, { unitCost })}
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
              onClick={() => goods.remove(line.variant)}
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
