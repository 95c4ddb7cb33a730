import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconArrowLeft,
  IconBasket,
  IconDiscount2,
  IconDots,
  IconMinus,
  IconPlus,
  IconTrash,
  IconUser,
  IconX,
} from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { BasketTotals } from '../sale/basket.rules.ts'
import { Amount, Price, Quantity } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { CustomerPicker } from './CustomerPicker.tsx'
import { LineDialog } from './LineDialog.tsx'
import { DiscountDialog } from './DiscountDialog.tsx'
import { plainName, quantityOf, removeLine, stepLine, type Draft } from './draft.rules.ts'
import type { TillFacts } from './facts.rules.ts'
import classes from './basket.module.css'

type Open = { line: string } | 'discount' | 'customer' | null

/** What the customer takes, what it costs, and the way to pay. */
export function Basket({
  draft,
  totals,
  facts,
  left,
  onChange,
  onPrice,
  onRestart,
  onPay,
  onPark,
  onHide,
}: {
  draft: Draft
  totals: BasketTotals
  facts: TillFacts
  /** How much of an article there is to sell; `null` when it is never short. */
  left: (variant: string) => bigint | null
  onChange: (change: (draft: Draft) => Draft) => void
  /** The basket at the prices that it has. */
  onPrice: (draft: Draft) => Draft
  onRestart: () => void
  onPay: () => void
  onPark: () => void
  onHide: () => void
}) {
  const t = useT()
  const [open, setOpen] = useState<Open>(null)
  const list = useRef<HTMLOListElement>(null)
  const { lines } = draft
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [lines.length])
  const edited = typeof open === 'object' && open ? lines.find((line) => line.key === open.line) : undefined

  return (
    <aside className={classes.basket} aria-label={t('till.basket')}>
      <div className={classes.head}>
        <ActionIcon variant="subtle" className={classes.hide} aria-label={t('till.back')} onClick={onHide}>
          <IconArrowLeft size={20} className={classes.flip} />
        </ActionIcon>
        <button type="button" className={classes.customer} onClick={() => setOpen('customer')}>
          <IconUser size={17} aria-hidden />
          {draft.customer?.name ?? t('till.noCustomer')}
        </button>
        {draft.customer && (
          <ActionIcon
            variant="subtle"
            aria-label={t('till.removeCustomer')}
            onClick={() => onChange(({ customer: _customer, ...rest }) => rest)}
          >
            <IconX size={16} />
          </ActionIcon>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" aria-label={t('till.basketMenu')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDiscount2 size={17} />}
              disabled={lines.length === 0}
              onClick={() => setOpen('discount')}
            >
              {t('till.basketDiscount')}
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={17} />} color="red" disabled={lines.length === 0} onClick={onRestart}>
              {t('till.empty')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>

      {lines.length === 0 ? (
        <div className={classes.empty}>
          <IconBasket size={30} stroke={1.3} aria-hidden />
          <p>
            <T k="till.start" />
          </p>
        </div>
      ) : (
        <ol className={classes.lines} ref={list} aria-live="polite">
          {lines.map((line, index) => {
            const there = line.kind === 'service' ? null : left(line.variant)
            const isShort = there !== null && quantityOf(draft, line.variant) > there
            return (
              <li key={line.key} className={classes.line} data-last={index === lines.length - 1 || undefined}>
                <button type="button" className={classes.what} onClick={() => setOpen({ line: line.key })}>
                  <span className={classes.name}>{plainName(line)}</span>
                  {line.options && <b className={classes.options}>{line.options}</b>}
                  {line.isGone && (
                    <span className={classes.warning}>
                      <T k="till.gone" />
                    </span>
                  )}
                  {isShort && !line.isGone && (
                    <span className={classes.warning}>
                      {there > 0n ? <T k="till.onlyLeft" left={String(there)} /> : <T k="till.noneLeft" />}
                    </span>
                  )}
                  <span className={classes.detail}>
                    <Price of={line.unitPrice ?? line.listPrice} per={line.priceUnit} unit={line.unit} plain />
                    {line.unitPrice && line.unitPrice !== line.listPrice && (
                      <s>
                        <Amount of={line.listPrice} plain />
                      </s>
                    )}
                    {totals.lines[index] && totals.lines[index].discount > 0n && (
                      <em>
                        −<Amount of={totals.lines[index].discount} plain />
                      </em>
                    )}
                  </span>
                </button>
                <span className={classes.steps}>
                  <ActionIcon
                    variant="default"
                    size={34}
                    aria-label={t('till.less', { name: line.name })}
                    onClick={() => onChange((now) => stepLine(now, line.key, -1))}
                  >
                    {BigInt(line.quantity) <= 1_000_000n ? <IconTrash size={16} /> : <IconMinus size={16} />}
                  </ActionIcon>
                  <Quantity of={line.quantity} />
                  <ActionIcon
                    variant="default"
                    size={34}
                    aria-label={t('till.moreOf', { name: line.name })}
                    onClick={() => onChange((now) => stepLine(now, line.key, 1))}
                  >
                    <IconPlus size={16} />
                  </ActionIcon>
                </span>
                <span className={classes.sum}>
                  <Amount of={facts.pricesIncludeTax ? totals.lines[index]?.total : totals.lines[index]?.net} plain />
                </span>
              </li>
            )
          })}
        </ol>
      )}

      <footer className={classes.foot}>
        {totals.discount > 0n && (
          <div className={classes.small}>
            <T k="till.discount" />
            <span>
              −<Amount of={totals.discount} plain />
            </span>
          </div>
        )}
        <div className={classes.small}>
          <T k={facts.pricesIncludeTax ? 'till.taxInside' : 'till.tax'} />
          <Amount of={totals.tax} plain />
        </div>
        <div className={classes.total}>
          <T k="till.total" />
          <Amount of={totals.total} />
        </div>
        <div className={classes.buttons}>
          <Button variant="default" size="lg" onClick={onPark}>
            {t('till.park')}
          </Button>
          <Button
            size="lg"
            disabled={lines.length === 0}
            onClick={onPay}
            className={classes.pay ?? ''}
            rightSection={<kbd className={classes.key}>F9</kbd>}
          >
            {t('till.pay')}
          </Button>
        </div>
      </footer>

      {edited && (
        <LineDialog
          line={edited}
          draft={draft}
          onPrice={onPrice}
          facts={facts}
          onClose={() => setOpen(null)}
          onChange={onChange}
          onRemove={() => (onChange((now) => removeLine(now, edited.key)), setOpen(null))}
        />
      )}
      {open === 'discount' && <DiscountDialog draft={draft} facts={facts} onClose={() => setOpen(null)} onChange={onChange} />}
      {open === 'customer' && (
        <CustomerPicker
          onClose={() => setOpen(null)}
          onPick={(customer) => {
            onChange((now) => ({ ...now, customer }))
            setOpen(null)
          }}
        />
      )}
    </aside>
  )
}
