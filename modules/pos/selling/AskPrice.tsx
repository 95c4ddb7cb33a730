import { Button, Stack, TextInput } from '@mantine/core'
import { IconBackspace } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { markOfLanguage } from '#kit/decimal.ts'
import { amountText, decimalsOf, parseAmount } from '#kit/money.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { Window } from '#kit/web/look/Window.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { AskedPrice } from '#modules/catalog/price/price.rules.ts'
import { wrongAsked } from '#modules/pricing/basket/basket.rules.ts'
import type { TillProduct } from './catalogue.rules.ts'
import { boundsOf } from './asked.rules.ts'
import classes from './ask.module.css'

/** What an article costs whose price is asked at the till: typed, or touched on the pad; the usual price stands there already. */
export function AskPrice({
  product,
  asked,
  currency,
  onGiven,
  onClose,
}: {
  product: Pick<TillProduct, 'name' | 'price' | 'priceUnit' | 'unit'>
  asked: AskedPrice
  currency: string
  /** Minor units as text. */
  onGiven: (price: string) => void
  onClose: () => void
}) {
  const t = useT()
  const format = useFormat()
  const decimals = decimalsOf(currency)
  const mark = markOfLanguage(t.locale)
  const [text, setText] = useState(() => (product.price === '0' ? '' : amountText(product.price, decimals).replace('.', mark)))
  // What is proposed goes with the first key, as a text does that is selected.
  const [isTouched, setTouched] = useState(false)
  const [isTried, setTried] = useState(false)
  const price = parseAmount(text, decimals, mark)
  const wrong = wrongAsked(price ?? undefined, asked)
  const press = (key: string) => {
    setText((now) => (key === BACK ? (isTouched ? now.slice(0, -1) : '') : (isTouched ? now : '') + key))
    setTouched(true)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong === null) onGiven(String(price))
  }
  const bounds = boundsOf(asked)
  const said = bounds && t(bounds.key, { least: format.money(bounds.least), most: format.money(bounds.most) })
  return (
    <Window onClose={onClose} title={product.name} size="xs">
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={[t('till.price'), format.per(product.priceUnit, product.unit)].filter(Boolean).join(' ')}
            description={isTried && wrong ? undefined : said}
            size="lg"
            dir="ltr"
            classNames={{ input: classes.figure ?? '' }}
            // On a touch screen the pad is the keyboard; a second one would cover it.
            inputMode={matchMedia('(pointer: coarse)').matches ? 'none' : 'decimal'}
            autoComplete="off"
            data-autofocus
            rightSection={<span className={classes.unit}>{currency}</span>}
            rightSectionWidth={56}
            error={isTried && wrong ? (wrong === 'askPrice' ? t('till.givePrice') : said) : undefined}
            value={text}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              setText(event.currentTarget.value)
              setTouched(true)
            }}
          />
          <div className={classes.pad} dir="ltr">
            {[...'123456789', decimals > 0 ? mark : '00', '0', BACK].map((key) => (
              <button
                key={key}
                type="button"
                tabIndex={-1}
                aria-label={key === BACK ? t('till.backspace') : undefined}
                onClick={() => press(key)}
              >
                {key === BACK ? <IconBackspace size={22} aria-hidden /> : key}
              </button>
            ))}
          </div>
          <Button type="submit" size="lg">
            {t('till.addAtPrice')}
          </Button>
        </Stack>
      </form>
    </Window>
  )
}

const BACK = '⌫'
