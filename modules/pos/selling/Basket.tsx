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
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { shownLine, type BasketTotals } from '#modules/pricing/basket/basket.rules.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { Amount, Price, Quantity } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { nameInTwo, quantityOf, removeLine, stepLine, type Draft } from './draft.rules.ts'
import type { TillFacts } from '../till/facts.rules.ts'
import classes from './basket.module.css'

// Kept on the till once it is there; the first sale needs none of them.
const CustomerPicker = lazy(async () => ({ default: (await import('./CustomerPicker.tsx')).CustomerPicker }))
const LineDialog = lazy(async () => ({ default: (await import('./LineDialog.tsx')).LineDialog }))
const DiscountDialog = lazy(async () => ({ default: (await import('./DiscountDialog.tsx')).DiscountDialog }))

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
  const format = useFormat()
  const [open, setOpen] = useState<Open>(null)
  const list = useRef<HTMLOListElement>(null)
  const { lines, back } = draft
  const due = back ? BigInt(totals.total) - BigInt(back.due) : totals.total
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

      {back && (
        <div className={classes.back}>
          <span>
            <T k="till.backFrom" number={back.number} />
            <small>
              <bdi>{back.lines.map((line) => line.name).join(' · ')}</bdi>
            </small>
          </span>
          <b>
            <Amount of={`-${back.due}`} plain />
          </b>
          <ActionIcon
            variant="subtle"
            aria-label={t('till.removeBack')}
            onClick={() => onChange(({ back: _back, ...rest }) => rest)}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      )}
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
            const name = nameInTwo(line)
            const there = line.kind === 'service' ? null : left(line.variant)
            const of = totals.lines[index]
            const shown = of && shownLine(of, facts.pricesIncludeTax)
            const isShort = there !== null && quantityOf(draft, line.variant) > there
            return (
              <li key={line.key} className={classes.line} data-last={index === lines.length - 1 || undefined}>
                <button type="button" className={classes.what} onClick={() => setOpen({ line: line.key })}>
                  <span className={classes.name} dir="auto">
                    {name.start}
                  </span>
                  {name.end && (
                    <b className={classes.options} dir="auto">
                      {name.end}
                    </b>
                  )}
                  {line.isGone && (
                    <span className={classes.warning}>
                      <T k="till.gone" />
                    </span>
                  )}
                  {line.asked && !line.unitPrice && !line.isGone && (
                    <span className={classes.warning}>
                      <T k="till.givePrice" />
                    </span>
                  )}
                  {isShort && !line.isGone && (
                    <span className={classes.warning}>
                      {there > 0n ? <T k="till.onlyLeft" left={format.measured(there, line.unit)} /> : <T k="till.noneLeft" />}
                    </span>
                  )}
                  <span className={classes.detail}>
                    <Price of={line.unitPrice ?? line.listPrice} per={line.priceUnit} unit={line.unit} plain />
                    {line.unitPrice && !line.asked && line.unitPrice !== line.listPrice && (
                      <s>
                        <Amount of={line.listPrice} plain />
                      </s>
                    )}
                    {shown && shown.off > 0n && (
                      <em>
                        −<Amount of={shown.off} plain />
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
                  <Quantity of={line.quantity} unit={line.unit} />
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
                  <Amount of={shown?.rest} plain />
                </span>
              </li>
            )
          })}
        </ol>
      )}

      <footer className={classes.foot}>
        {totals.basketDiscount > 0n && (
          <div className={classes.small}>
            <T k="till.basketDiscount" />
            <span>
              −<Amount of={totals.basketDiscount} plain />
            </span>
          </div>
        )}
        <div className={classes.small}>
          <T k={facts.pricesIncludeTax ? 'till.taxInside' : 'till.tax'} />
          <Amount of={totals.tax} plain />
        </div>
        <div className={classes.total}>
          <T k={due < 0n ? 'till.giveBack' : 'till.total'} />
          <Amount of={due < 0n ? -due : due} />
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

      <Suspense>
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
      </Suspense>
    </aside>
  )
}
