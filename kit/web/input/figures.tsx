import { TextInput, type TextInputProps } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { markOfLanguage } from '../../decimal.ts'
import { decimalsOf, decimalText, parseAmount } from '../../money.ts'
import { QTY_DECIMALS } from '../../quantity.ts'
import { useSession } from '../session/session.tsx'
import { useT } from '../base/words.tsx'
import classes from './inputs.module.css'

// What a till needs of inputs, and no more: it fetches this file before its first sale.

export interface InputProps<Value> extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  readonly value: Value | null | undefined
  readonly onChange: (value: Value | null) => void
}

const isScaled = (value: string) => /^-?\d+$/.test(value)

/** `fault` is what is wrong with what stands in the field, told when it is left. */
type Figure = InputProps<string> & { fault?: string | undefined }

/**
 * A decimal number that is kept as text of a whole number, scaled by 10^scale. While it is typed it stays as typed, in
 * Latin or Arabic digits; what is no number is handed on as it is, so that the schema refuses it. It is shown with the decimal
 * sign of this person's language, which also settles what "1,250" means.
 */
function DecimalInput({
  value,
  onChange,
  scale,
  keep = 0,
  unit,
  fault,
  ...rest
}: Figure & { scale: number; keep?: number; unit?: ReactNode }) {
  const [typed, setTyped] = useState<string | null>(null)
  const mark = markOfLanguage(useT().locale)
  const shown = typed ?? (value && isScaled(value) ? decimalText(BigInt(value), scale, keep).replace('.', mark) : (value ?? ''))
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      rightSection={unit ? <span className={classes.unit}>{unit}</span> : undefined}
      rightSectionWidth={unit ? 52 : undefined}
      {...rest}
      error={rest.error || (typed === null && fault)}
      classNames={{ input: classes.figure ?? '' }}
      dir="ltr"
      value={shown}
      onFocus={(event) => {
        setTyped(shown)
        event.currentTarget.select()
        rest.onFocus?.(event)
      }}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        onChange(text.trim() === '' ? null : String(parseAmount(text, scale, mark) ?? text))
      }}
      onBlur={(event) => {
        setTyped(null)
        rest.onBlur?.(event)
      }}
    />
  )
}

/** An amount in the company's currency (or another one); the value is minor units as text. */
export function AmountInput({ currency, ...rest }: Figure & { currency?: string }) {
  const session = useSession()
  const unit = currency ?? session.currency
  const decimals = decimalsOf(unit)
  return <DecimalInput {...rest} scale={decimals} keep={decimals} unit={unit} />
}

/** A quantity; the value is millionths as text. */
export const QuantityInput = ({ unit, ...rest }: Figure & { unit?: string | null | undefined }) => (
  <DecimalInput {...rest} scale={QTY_DECIMALS} unit={unit} />
)

/** A rate typed in percent; the value is millionths as text. */
export const RateInput = (props: InputProps<string>) => <DecimalInput {...props} scale={4} unit="%" />

/** A whole number. What is none is handed on as NaN, so that the schema refuses it. */
export function IntegerInput({ value, onChange, ...rest }: InputProps<number>) {
  const asText = value === null || value === undefined || Number.isNaN(value) ? null : String(value)
  const change = (text: string | null) => onChange(text === null ? null : /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN)
  return <DecimalInput {...rest} value={asText} onChange={change} scale={0} inputMode="numeric" />
}
