import { memo } from 'react'
import { Price } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { QuickBoard } from '../quick/quick.ts'
import type { Catalogue, TillProduct } from './catalogue.rules.ts'
import { plainName } from './draft.rules.ts'
import classes from './quick.module.css'

/** A board of quick keys: one touch, one article. What is not for sale any more has no key here. */
export const QuickKeys = memo(function QuickKeys({
  board,
  catalogue,
  left,
  onTake,
}: {
  board: QuickBoard
  catalogue: Catalogue
  left: (variant: string) => bigint | null
  onTake: (product: TillProduct) => void
}) {
  const t = useT()
  const keys = board.keys.flatMap((key) => {
    const product = catalogue.byId(key.variant)
    return product ? [{ ...key, product }] : []
  })
  if (keys.length === 0)
    return (
      <p className={classes.none}>
        <T k="quick.noKeys" />
      </p>
    )
  return (
    <div className={classes.keys} role="listbox" aria-label={board.name}>
      {keys.map(({ product, label, colour, variant }) => {
        const there = product.kind === 'service' ? null : left(variant)
        return (
          <button
            key={variant}
            type="button"
            role="option"
            aria-selected={false}
            tabIndex={-1}
            className={classes.key}
            data-colour={colour}
            onClick={() => onTake(product)}
          >
            <span className={classes.label} dir="auto">
              {label ?? (product.options ? `${plainName(product)} ${product.options}` : product.name)}
            </span>
            <span className={classes.price} data-none={(there !== null && there <= 0n) || undefined}>
              {there !== null && there <= 0n ? (
                t('till.soldOut')
              ) : product.asked && product.price === '0' ? (
                t('till.askPrice')
              ) : (
                <Price of={product.price} per={product.priceUnit} unit={product.unit} plain />
              )}
            </span>
          </button>
        )
      })}
    </div>
  )
})
