import { CloseButton } from '@mantine/core'
import { IconBarcode, IconLayoutGridAdd, IconSearch } from '@tabler/icons-react'
import { lazy, memo, Suspense, useCallback, useMemo, useState, type KeyboardEvent, type Ref } from 'react'
import { QTY_ONE } from '#kit/quantity.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { Price } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { bestFirst, type Catalogue, type TillProduct } from './catalogue.rules.ts'
import { nameInTwo } from './draft.rules.ts'
import type { QuickBoard } from '../quick/quick.ts'
import type { Category } from '../till/facts.rules.ts'
import { QuickKeys } from './QuickKeys.tsx'
import classes from './products.module.css'

// Seldom needed, and never by whoever sells.
const QuickEditor = lazy(async () => ({ default: (await import('./QuickEditor.tsx')).QuickEditor }))

/** Search, scan or touch. `3*` before a code or a word takes three of them. */
export function Products({
  ref,
  catalogue,
  categories,
  best,
  boards,
  place,
  mayArrange,
  onArranged,
  left,
  onAdd,
  onEmptyEnter,
  onUnknown,
}: {
  ref: Ref<HTMLInputElement>
  catalogue: Catalogue
  categories: readonly Category[]
  /** What sells best here, that first. */
  best: readonly string[]
  /** Quick keys of this store; the first board is what a till shows first. */
  boards: readonly QuickBoard[]
  place: string
  mayArrange: boolean
  onArranged: () => void
  /** How much of an article there is to sell; `null` when it is never short. */
  left: (variant: string) => bigint | null
  onAdd: (product: TillProduct, quantity: bigint) => void
  onEmptyEnter: () => void
  onUnknown: (code: string) => void
}) {
  const t = useT()
  const [text, setText] = useState('')
  // A board, a category, or everything.
  const [chosen, choose] = useState<string | null | undefined>(undefined)
  const [isArranging, setArranging] = useState(false)
  const board =
    chosen === null ? undefined : (boards.find(({ id }) => id === chosen) ?? (chosen === undefined ? boards[0] : undefined))
  const category = board || !chosen ? null : chosen
  const [picked, setPicked] = useState(0)
  const { times, words } = readTimes(text)
  const found = useMemo(() => (words ? catalogue.search(words) : []), [catalogue, words])
  const shelf = useMemo(
    () =>
      category
        ? catalogue.all.filter((one) => one.category === category).slice(0, 200)
        : bestFirst(catalogue.all, best).slice(0, 120),
    [catalogue, category, best],
  )
  const used = useMemo(() => {
    const ids = new Set(catalogue.all.map((product) => product.category))
    return categories.filter((one) => ids.has(one.id))
  }, [catalogue, categories])

  const take = (product: TillProduct, quantity = QTY_ONE) => {
    onAdd(product, quantity * BigInt(times))
    setText('')
    setPicked(0)
  }
  const touch = useCallback((product: TillProduct) => onAdd(product, QTY_ONE), [onAdd])
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setPicked((at) => Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))))
    }
    if (event.key === 'Escape') setText('')
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (!words) return onEmptyEnter()
    const scanned = catalogue.find(words)
    if (scanned) return take(scanned.product, scanned.quantity)
    const best = found[picked]
    if (best) return take(best)
    onUnknown(words)
    event.currentTarget.select()
  }

  return (
    <section className={classes.products} aria-label={t('till.products')}>
      <div className={classes.search}>
        <IconSearch size={19} aria-hidden />
        <input
          ref={ref}
          type="text"
          role="combobox"
          aria-expanded
          aria-controls="till-products"
          aria-activedescendant={words && found[picked] ? 'till-picked' : undefined}
          aria-label={t('till.search')}
          placeholder={t('till.search')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setPicked(0)
          }}
          onKeyDown={onKey}
        />
        {text ? (
          <CloseButton aria-label={t('action.clear')} onClick={() => setText('')} />
        ) : (
          <IconBarcode size={20} aria-hidden className={classes.hint} />
        )}
      </div>
      {!words && (used.length > 0 || boards.length > 0 || mayArrange) && (
        <div className={classes.categories}>
          {boards.map((one) => (
            <button key={one.id} type="button" aria-pressed={board?.id === one.id} onClick={() => choose(one.id)}>
              {one.name}
            </button>
          ))}
          {(used.length > 0 || boards.length > 0) && (
            <button type="button" aria-pressed={!board && category === null} onClick={() => choose(null)}>
              <T k="till.all" />
            </button>
          )}
          {used.map((one) => (
            <button key={one.id} type="button" aria-pressed={category === one.id} onClick={() => choose(one.id)}>
              {one.name}
            </button>
          ))}
          {mayArrange && (
            <button type="button" className={classes.arrange} onClick={() => setArranging(true)}>
              <IconLayoutGridAdd size={17} aria-hidden />
              <T k="quick.arrange" />
            </button>
          )}
        </div>
      )}
      <div id="till-products" className={classes.goods}>
        {words && (
          <div className={classes.found}>
            <div className={classes.grid} {...(found.length > 0 && { role: 'listbox', 'aria-label': t('till.products') })}>
              {found.map((product, index) => (
                <Tile key={product.id} product={product} isPicked={index === picked} left={leftOf(product, left)} onTake={take} />
              ))}
              {found.length === 0 && <Nothing k="till.nothingFound" />}
            </div>
          </div>
        )}
        <div inert={words !== ''}>
          {board ? (
            <QuickKeys board={board} catalogue={catalogue} left={left} onTake={touch} />
          ) : (
            <Shelf products={shelf} left={left} onTake={touch} />
          )}
        </div>
      </div>
      {isArranging && (
        <Suspense>
          <QuickEditor
            place={place}
            boards={boards}
            shown={board?.id}
            catalogue={catalogue}
            onChanged={onArranged}
            onClose={() => setArranging(false)}
          />
        </Suspense>
      )}
    </section>
  )
}

const Nothing = ({ k }: { k: string }) => (
  <p className={classes.none}>
    <T k={k} />
  </p>
)

/** What is touched while nothing is searched. It stays in the page behind the search, so that a scan need not draw it again. */
const Shelf = memo(function Shelf({
  products,
  left,
  onTake,
}: {
  products: readonly TillProduct[]
  left: (variant: string) => bigint | null
  onTake: (product: TillProduct) => void
}) {
  const t = useT()
  return (
    <div className={classes.grid} {...(products.length > 0 && { role: 'listbox', 'aria-label': t('till.products') })}>
      {products.map((product) => (
        <Tile key={product.id} product={product} isPicked={false} left={leftOf(product, left)} onTake={onTake} />
      ))}
      {products.length === 0 && <Nothing k="till.noProducts" />}
    </div>
  )
})

const leftOf = (product: TillProduct, left: (variant: string) => bigint | null): bigint | null =>
  product.kind === 'service' ? null : left(product.id)

function Tile({
  product,
  isPicked,
  left,
  onTake,
}: {
  product: TillProduct
  isPicked: boolean
  left: bigint | null
  onTake: (product: TillProduct) => void
}) {
  const format = useFormat()
  const name = nameInTwo(product)
  return (
    <button
      {...(isPicked && { id: 'till-picked' })}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={isPicked}
      className={classes.tile}
      onClick={() => onTake(product)}
    >
      {product.image ? (
        <img className={classes.picture} src={`/api/files/${product.image}?size=thumb`} alt="" loading="lazy" />
      ) : (
        <span className={classes.mark} style={{ '--hue': hueOf(product.category ?? product.product) } as never} aria-hidden>
          {product.name.slice(0, 2)}
        </span>
      )}
      <span className={classes.what}>
        <span className={classes.name} dir="auto">
          {name.start}
        </span>
        {name.end && (
          <b className={classes.options} dir="auto">
            {name.end}
          </b>
        )}
      </span>
      <span className={classes.price}>
        {product.asked && product.price === '0' ? (
          <T k="till.askPrice" />
        ) : (
          <Price of={product.price} per={product.priceUnit} unit={product.unit} plain />
        )}
        {left !== null && (
          <span className={classes.left} data-none={left <= 0n || undefined}>
            {left > 0n ? <T k="till.left" left={format.measured(left, product.unit)} /> : <T k="till.soldOut" />}
          </span>
        )}
      </span>
    </button>
  )
}

function readTimes(text: string): { times: number; words: string } {
  const match = /^\s*(\d{1,4})\s*[*x×]\s*(\S.*|)$/i.exec(text)
  return match && Number(match[1]) > 0 ? { times: Number(match[1]), words: match[2]!.trim() } : { times: 1, words: text.trim() }
}

/** Things of a kind have one tone, so that the eye finds them again. */
function hueOf(id: string): number {
  let hash = 0
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 360
  return hash
}
