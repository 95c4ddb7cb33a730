import { Select, TagsInput, Textarea, TextInput, type TextInputProps } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { markOfLanguage } from '../decimal.ts'
import { decimalsOf, decimalText, parseAmount } from '../money.ts'
import { QTY_DECIMALS } from '../quantity.ts'
import { useSession } from './session.tsx'
import { useT } from './words.tsx'
import classes from './inputs.module.css'

export interface InputProps<Value> extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  readonly value: Value | null | undefined
  readonly onChange: (value: Value | null) => void
}

const isScaled = (value: string) => /^-?\d{1,18}$/.test(value)

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
  ...rest
}: InputProps<string> & { scale: number; keep?: number; unit?: ReactNode }) {
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
export function AmountInput({ currency, ...rest }: InputProps<string> & { currency?: string }) {
  const session = useSession()
  const unit = currency ?? session.currency
  const decimals = decimalsOf(unit)
  return <DecimalInput {...rest} scale={decimals} keep={decimals} unit={unit} />
}

/** A quantity; the value is millionths as text. */
export const QuantityInput = ({ unit, ...rest }: InputProps<string> & { unit?: string }) => (
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

/** A calendar day, as ISO text. */
export function DayInput({ value, onChange, ...rest }: InputProps<string>) {
  return <TextInput {...rest} type="date" value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value || null)} />
}

/** A moment, typed in this device's time zone; the value is ISO text in UTC. */
export function InstantInput({ value, onChange, ...rest }: InputProps<string>) {
  const local = value ? toLocal(value) : ''
  const change = (text: string) => onChange(text ? new Date(text).toISOString() : null)
  return <TextInput {...rest} type="datetime-local" value={local} onChange={(event) => change(event.currentTarget.value)} />
}

function toLocal(iso: string): string {
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** A telephone number; what people type becomes E.164 with the country of the company when they leave the field. */
export function PhoneInput({ value, onChange, ...rest }: InputProps<string>) {
  const { company } = useSession()
  const tidy = async () => {
    if (!value) return
    const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
    const parsed = parsePhoneNumberFromString(value, (company?.country ?? 'KE') as 'KE')
    if (parsed?.isPossible()) onChange(parsed.number)
  }
  return (
    <TextInput
      {...rest}
      type="tel"
      dir="ltr"
      autoComplete="off"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      onBlur={() => void tidy()}
    />
  )
}

export const ShortTextInput = ({ value, onChange, ...rest }: InputProps<string>) => (
  <TextInput autoComplete="off" {...rest} value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value)} />
)

export const LongTextInput = ({ value, onChange, label, error, required, disabled, maxLength }: InputProps<string>) => (
  <Textarea
    autosize
    minRows={3}
    maxRows={12}
    {...{ label, error, required, disabled }}
    {...(maxLength && { maxLength })}
    value={value ?? ''}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)

export const TextsInput = ({ value, onChange, label, error, required, disabled, placeholder }: InputProps<string[]>) => (
  <TagsInput
    {...{ label, error, required, disabled }}
    {...(placeholder && { placeholder })}
    value={value ?? []}
    onChange={onChange}
    clearable
  />
)

/** One of a few values, with their names. */
export function ChoiceInput({
  value,
  onChange,
  values,
  clearable,
  label,
  error,
  required,
  disabled,
}: InputProps<string> & { values: readonly { value: string; label: string }[]; clearable?: boolean }) {
  const t = useT()
  return (
    <Select
      {...{ label, error, required, disabled }}
      data={[...values]}
      value={value ?? null}
      onChange={onChange}
      clearable={clearable ?? false}
      searchable={values.length > 8}
      nothingFoundMessage={t('list.nothingFound')}
      placeholder={t('form.choose')}
    />
  )
}
