import { Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { InputProps } from './figures.tsx'
import { useFormat } from '../session/format.ts'
import { SearchSelect } from './SearchSelect.tsx'
import { useSession } from '../session/session.tsx'
import { useT } from '../base/words.tsx'

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

/** A full hour of the day, chosen by how a clock shows it. */
export function HourInput({ value, onChange, most, ...rest }: InputProps<number> & { most: number }) {
  const format = useFormat()
  const hours = Array.from({ length: most + 1 }, (_, hour) => ({ value: String(hour), label: format.hour(hour) }))
  return (
    <ChoiceInput
      {...rest}
      values={hours}
      value={value === null || value === undefined ? null : String(value)}
      onChange={(hour) => onChange(hour === null ? null : Number(hour))}
    />
  )
}

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
  const Choice = values.length > 8 ? SearchSelect : Select
  return (
    <Choice
      {...{ label, error, required, disabled }}
      data={[...values]}
      value={value ?? null}
      onChange={onChange}
      clearable={clearable ?? false}
      placeholder={t('form.choose')}
    />
  )
}
