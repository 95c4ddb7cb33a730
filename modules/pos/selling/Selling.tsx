import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconArrowLeft,
  IconCash,
  IconCashRegister,
  IconDots,
  IconDoorExit,
  IconHelp,
  IconLock,
  IconReceipt,
  IconReceiptRefund,
  IconShoppingBag,
  IconUserCircle,
} from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { newId } from '#kit/id.ts'
import { minor } from '#kit/money.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { useAction } from '#kit/web/base/command.tsx'
import { askHelp } from '#kit/web/base/help.ts'
import { queryClient } from '#kit/web/base/query.ts'
import { request } from '#kit/web/base/request.ts'
import { sessionQuery, useSession } from '#kit/web/session/session.tsx'
import { useLive } from '#kit/web/base/live.ts'
import { useGo } from '#kit/web/base/url.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { Basket } from './Basket.tsx'
import { Payment, saleOf, type PaidSale } from './Payment.tsx'
import { Paid } from './Paid.tsx'
import { Products } from './Products.tsx'
import { indexCatalogue, type Goods, type TillProduct } from './catalogue.rules.ts'
import { addProduct, changeLine, draftTotals, priced, unasked, withoutGone, type Draft } from './draft.rules.ts'
import type { QuickBoard } from '../quick/quick.ts'
import type { Category, TillFacts } from '../till/facts.rules.ts'
import { useDraft } from './useDraft.tsx'
import { useStock } from './useStock.tsx'
import classes from './sell.module.css'

// Seldom asked for, and kept on the till all the same.
const Parked = lazy(async () => ({ default: (await import('./Parked.tsx')).Parked }))
const AskPrice = lazy(async () => ({ default: (await import('./AskPrice.tsx')).AskPrice }))
const NoSale = lazy(async () => ({ default: (await import('../drawer/NoSale.tsx')).NoSale }))
const CashMove = lazy(async () => ({ default: (await import('./CashMove.tsx')).CashMove }))

const removals = () => import('../removed/told.tsx')

type Dialog = 'pay' | 'parked' | 'cash' | 'noSale' | null
/** Whose price is asked: an article that is added, or a line that has none yet. */
type Asking = { readonly product: TillProduct; readonly quantity: bigint; readonly line?: string } | null

/** The selling screen. The search field keeps the focus, so a scanner always hits it; Enter on an empty field takes payment. */
export function Selling({
  facts,
  goods,
  categories,
  best,
  boards,
  onArranged,
  onClosed,
  onLeave,
  onStale,
}: {
  facts: TillFacts
  goods: Goods
  categories: readonly Category[]
  /** What sells best here. */
  best: readonly string[]
  boards: readonly QuickBoard[]
  /** Its quick keys are others now. */
  onArranged: () => void
  onClosed: () => void
  onLeave: (() => void) | undefined
  /** Fetches till and goods anew. @returns the goods of now */
  onStale: () => Promise<Goods | null>
}) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const { user, may } = useSession()
  const lock = useAction((_: null, key) => request('POST', '/session/lock', {}, { key }), {
    onDone: () => void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey }),
  })
  const [draft, changeRaw, restart] = useDraft(facts.till.id)
  const [dialog, setDialog] = useState<Dialog>(null)
  const [asking, setAsking] = useState<Asking>(null)
  const [paid, setPaid] = useState<PaidSale | null>(null)
  const [showBasket, setShowBasket] = useState(false)
  const searchField = useRef<HTMLInputElement>(null)
  const catalogue = useMemo(() => indexCatalogue(goods.products), [goods])
  const onPrice = useCallback((now: Draft) => priced(now, { goods, product: catalogue.byId }), [goods, catalogue])
  // Whatever changes, a line, its quantity, the customer: the basket is priced anew, by the rule of the server.
  const change = useCallback((act: (now: Draft) => Draft) => changeRaw((now) => onPrice(act(now))), [changeRaw, onPrice])
  const { left, take } = useStock(facts.till.id)
  const totals = useMemo(() => draftTotals(draft, facts.pricesIncludeTax), [draft, facts.pricesIncludeTax])

  useEffect(() => change((now) => now), [change])
  // What is taken out of a basket is told later, and never in the way of selling.
  const by = user?.id ?? ''
  const before = useRef(draft)
  useEffect(() => {
    const was = before.current
    before.current = draft
    if (was.id === draft.id && was.lines !== draft.lines)
      void removals().then(({ noteTakenOut }) => noteTakenOut(facts.till.id, by, was, draft))
  }, [draft, facts.till.id, by])
  // A basket that was left here may have been sold: the page went before the answer came.
  const found = useRef(draft)
  useEffect(() => {
    const { id, lines } = found.current
    if (lines.length > 0) void saleOf(id).then((sale) => sale && (setPaid(sale), restart()))
  }, [restart])
  useLive(
    'catalog.',
    useCallback(() => void onStale(), [onStale]),
  )
  useLive('pos.quick.', onArranged)
  useLive('pos.shift.closed', onClosed)

  const focusSearch = useCallback(() => requestAnimationFrame(() => searchField.current?.focus({ preventScroll: true })), [])
  useEffect(() => {
    if (dialog === null && asking === null && paid === null && matchMedia('(pointer: fine)').matches) focusSearch()
  }, [dialog, asking, paid, focusSearch])

  const add = useCallback(
    (product: TillProduct, quantity: bigint) => {
      if (product.asked) return setAsking({ product, quantity })
      change((now: Draft) => addProduct(now, product, quantity, newId()))
      navigator.vibrate?.(10)
    },
    [change],
  )
  const give = (price: string) => {
    if (!asking) return
    const { product, quantity, line } = asking
    change((now: Draft) =>
      line === undefined ? addProduct(now, product, quantity, newId(), price) : changeLine(now, line, { unitPrice: price }),
    )
    setAsking(null)
  }
  /** Today's prices, whatever made them others; what is not for sale any more is named and goes. */
  const refresh = async (customerGroup: string | null | undefined) => {
    const now = await onStale()
    if (!now) return
    const { byId } = indexCatalogue(now.products)
    const gone = draft.lines.filter((line) => !byId(line.variant)).map((line) => line.name)
    changeRaw((basket) => {
      const { customer } = basket
      const known =
        customer && customerGroup !== undefined ? { ...basket, customer: { ...customer, group: customerGroup } } : basket
      return withoutGone(priced(known, { goods: now, product: byId }))
    })
    if (gone.length > 0)
      notifications.show({
        message: t('till.takenOff', { names: [...new Set(gone)].join(', ') }),
        color: 'yellow',
        autoClose: 8000,
      })
  }
  const pay = useCallback(() => {
    if (draft.lines.length === 0) return
    const missing = unasked(draft)
    const product = missing && catalogue.byId(missing.variant)
    if (product) return setAsking({ product, quantity: BigInt(missing.quantity), line: missing.key })
    // What was said about the goods is over; the payment has the screen to itself.
    notifications.clean()
    setDialog('pay')
  }, [draft, catalogue])

  const finish = useCallback(() => {
    setPaid(null)
    setShowBasket(false)
    focusSearch()
  }, [focusSearch])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // An open window has the keys, whoever opened it: what it asks for comes first.
      if (dialog !== null || (paid === null && document.querySelector('[role=dialog][aria-modal=true]'))) return
      const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !isTyping(event.target)
      // A scanner is a keyboard: what it types belongs into the search, wherever the last touch went. The first letter of
      // the next customer's goods also puts the last one's change away.
      if (isText && event.key !== ' ') {
        if (paid !== null) finish()
        searchField.current?.focus({ preventScroll: true })
      }
      if (paid !== null) return
      const acts: Record<string, () => void> = { F9: pay, F2: focusSearch, F8: () => setDialog('parked') }
      // Between two dialogs nothing holds the focus: Enter means there what it means in the empty search.
      const act = event.key === 'Enter' && event.target === document.body ? pay : acts[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [dialog, paid, pay, focusSearch, finish])

  const count = draft.lines.length
  // On a phone the basket covers the goods: with nothing in it, it would ask for a touch of what nobody sees.
  const isEmpty = count === 0 && !draft.back
  useEffect(() => {
    if (isEmpty) setShowBasket(false)
  }, [isEmpty])

  return (
    <div className={classes.till} data-basket={showBasket || undefined}>
      <header className={classes.bar}>
        <Button
          variant="subtle"
          size="compact-md"
          leftSection={<IconArrowLeft size={18} className={classes.flip} />}
          onClick={() => go('/')}
        >
          {t('till.back')}
        </Button>
        <div className={classes.barTitle}>
          <b dir="auto">{facts.till.name}</b> <span dir="auto">{facts.till.placeName}</span>
        </div>
        <span className={classes.shift}>{facts.shift?.number}</span>
        <span className={classes.cashier} title={t('till.cashier')}>
          <IconUserCircle size={18} stroke={1.6} aria-hidden />
          <bdi>{user?.name}</bdi>
        </span>
        {facts.parked > 0 && (
          <Button
            variant="light"
            size="compact-md"
            leftSection={<IconShoppingBag size={18} aria-hidden />}
            aria-label={`${t('till.parked')}: ${format.number(facts.parked)}`}
            title={t('till.parked')}
            onClick={() => setDialog('parked')}
          >
            {format.number(facts.parked)}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="compact-md" leftSection={<IconDots size={18} />}>
              {t('till.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconShoppingBag size={17} />} onClick={() => setDialog('parked')}>
              {t('till.parked')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconReceipt size={17} />}
              onClick={() => go('/pos/sales', { search: { till: facts.till.id } })}
            >
              {t('till.receipts')}
            </Menu.Item>
            {may('pos.return.take', facts.till.place) && (
              <Menu.Item leftSection={<IconReceiptRefund size={17} />} onClick={() => go('/pos/return')}>
                {t('till.takeBack')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconCash size={17} />} onClick={() => setDialog('cash')}>
              {t('till.cash')}
            </Menu.Item>
            {facts.shift && may('pos.shift.open', facts.till.place) && (
              <Menu.Item leftSection={<IconCashRegister size={17} />} onClick={() => setDialog('noSale')}>
                {t('till.noSale')}
              </Menu.Item>
            )}
            {user?.hasPin && (
              <Menu.Item leftSection={<IconUserCircle size={17} />} onClick={() => void lock.run(null)}>
                {t('lock.now')}
                <span className={classes.whose}>
                  <bdi>{user.name}</bdi>
                </span>
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconHelp size={17} />} rightSection={<kbd>F1</kbd>} onClick={askHelp}>
              {t('page.help')}
            </Menu.Item>
            <Menu.Divider />
            {facts.shift && (
              <Menu.Item leftSection={<IconLock size={17} />} onClick={() => go(`/pos/shifts/${facts.shift?.id}/close`)}>
                {t('till.close')}
              </Menu.Item>
            )}
            {onLeave && (
              <Menu.Item leftSection={<IconDoorExit size={17} />} onClick={onLeave}>
                {t('till.another')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </header>

      <Products
        ref={searchField}
        catalogue={catalogue}
        categories={categories}
        best={best}
        boards={boards}
        place={facts.till.place}
        mayArrange={may('pos.quick.edit', facts.till.place)}
        onArranged={onArranged}
        left={left}
        onAdd={add}
        onEmptyEnter={pay}
        onUnknown={(code) => notifications.show({ color: 'red', message: t('till.unknownCode', { code }) })}
      />
      <Basket
        draft={draft}
        totals={totals}
        facts={facts}
        left={left}
        onChange={change}
        onPrice={onPrice}
        onRestart={() => {
          const cleared = draft
          restart()
          void removals().then(({ noteCleared }) => noteCleared(facts.till.id, by, cleared))
        }}
        onPay={pay}
        onPark={() => setDialog('parked')}
        onHide={() => setShowBasket(false)}
      />

      <button type="button" className={classes.phoneBar} onClick={() => setShowBasket(true)} disabled={isEmpty}>
        <span>{draft.back ? <T k="till.backFrom" number={draft.back.number} /> : <T k="till.items" n={count} />}</span>
        <b>
          <Amount of={draft.back ? BigInt(totals.total) - BigInt(draft.back.due) : totals.total} />
        </b>
      </button>

      {dialog === 'pay' && (
        <Payment
          draft={draft}
          totals={totals}
          facts={facts}
          onClose={() => setDialog(null)}
          onRefresh={(group) => void refresh(group).then(() => setDialog(null))}
          onPaid={(sale) => {
            setDialog(null)
            setPaid(sale)
            take(draft.lines)
            restart()
            void removals().then(({ tell }) => tell(facts.till.id, by))
          }}
        />
      )}
      {asking?.product.asked && (
        <Suspense>
          <AskPrice
            product={asking.product}
            asked={asking.product.asked}
            currency={facts.currency}
            onGiven={give}
            onClose={() => setAsking(null)}
          />
        </Suspense>
      )}
      {dialog === 'parked' && (
        <Suspense>
          <Parked
            draft={draft}
            total={minor(totals.total)}
            facts={facts}
            onClose={() => setDialog(null)}
            onParked={restart}
            onResume={(basket) => change(() => basket)}
          />
        </Suspense>
      )}
      {dialog === 'cash' && facts.shift && (
        <Suspense>
          <CashMove shift={facts.shift.id} onClose={() => setDialog(null)} />
        </Suspense>
      )}
      {dialog === 'noSale' && facts.shift && (
        <Suspense>
          <NoSale shift={facts.shift.id} onClose={() => setDialog(null)} />
        </Suspense>
      )}
      {paid && <Paid sale={paid} canMail={facts.canMail} canText={facts.canText} onDone={finish} />}
    </div>
  )
}

const isTyping = (target: EventTarget | null) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
