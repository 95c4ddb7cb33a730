import { Input, Switch } from '@mantine/core'
import { isRequired, valuesOf, type Entity, type Field as FieldFacts } from '../../entity.ts'
import { choiceLabel, fieldLabel, type Refs, type WireRow } from '../entity/entity.ts'
import { AmountInput, IntegerInput, QuantityInput, RateInput } from '../input/figures.tsx'
import { DayInput, InstantInput } from '../input/DayInput.tsx'
import { ChoiceInput, HourInput, LongTextInput, PhoneInput, ShortTextInput, TextsInput } from '../input/inputs.tsx'
import { RefPicker } from '../entity/RefPicker.tsx'
import { Value } from '../entity/values.tsx'
import { useT } from '../base/words.tsx'
import classes from '../entity/form.module.css'

export interface FieldProps {
  readonly entity: Entity
  readonly name: string
  /** The value as JSON carries it. */
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly error?: string | undefined
  readonly refs?: Refs
  readonly disabled?: boolean
  readonly autoFocus?: boolean
  readonly label?: string
}

/** The input for a field of an entity, by its kind. */
export function Field({ entity, name, value, onChange, error, refs, disabled = false, autoFocus, label }: FieldProps) {
  const t = useT()
  const field = entity.fields[name]
  if (!field) return null
  const required = isRequired(field)
  const shared = {
    label: label ?? fieldLabel(t, entity, name),
    error,
    required,
    disabled,
    withAsterisk: false,
    'data-autofocus': autoFocus || undefined,
    autoFocus,
    onChange,
  }
  const describedOptional = {
    ...shared,
    label:
      field.optional && !required ? <OptionalLabel text={shared.label} isForNow={field.neededIn !== undefined} /> : shared.label,
  }
  return input(entity, name, field, value, describedOptional, refs, t)
}

/** A field that doesn't change any more, among those that do: its value as a page shows it. */
export function ShownField({ entity, name, row, refs }: { entity: Entity; name: string; row: WireRow; refs?: Refs | undefined }) {
  const t = useT()
  return (
    <Input.Wrapper label={fieldLabel(t, entity, name)} labelElement="div">
      <div className={classes.shown}>
        <Value entity={entity} name={name} field={entity.fields[name]!} value={row[name]} row={row} refs={refs ?? {}} />
      </div>
    </Input.Wrapper>
  )
}

/** May be left empty; `isForNow`, until a step of its life. */
export const OptionalLabel = ({ text, isForNow = false }: { text: string; isForNow?: boolean }) => {
  const t = useT()
  return (
    <>
      {text}{' '}
      <span style={{ color: 'var(--duka-faint)', fontWeight: 400 }}>{t(isForNow ? 'form.optionalNow' : 'form.optional')}</span>
    </>
  )
}

function input(
  entity: Entity,
  name: string,
  field: FieldFacts,
  value: unknown,
  shared: object & { onChange: (value: unknown) => void },
  refs: Refs | undefined,
  t: ReturnType<typeof useT>,
) {
  const props = { ...shared, value: value as never }
  switch (field.kind) {
    case 'money':
      return <AmountInput {...props} />
    case 'quantity':
      return <QuantityInput {...props} />
    case 'rate':
      return <RateInput {...props} />
    case 'integer':
      return field.shows === 'hour' ? <HourInput {...props} most={field.max ?? 23} /> : <IntegerInput {...props} />
    case 'day':
      return <DayInput {...props} />
    case 'instant':
      return <InstantInput {...props} />
    case 'phone':
      return <PhoneInput {...props} />
    case 'longText':
      return <LongTextInput {...props} {...(field.max && { maxLength: field.max })} />
    case 'texts':
      return <TextsInput {...props} />
    case 'ref':
      return <RefPicker {...props} to={field.to ?? ''} {...(field.where && { filters: field.where })} {...(refs && { refs })} />
    case 'choice':
      return (
        <ChoiceInput
          {...props}
          clearable={field.optional}
          values={valuesOf(field).map((one) => ({ value: one, label: choiceLabel(t, entity, name, one) }))}
        />
      )
    case 'flag': {
      const { label, disabled, onChange } = shared as { label: string; disabled: boolean; onChange: (value: boolean) => void }
      return (
        <Switch
          label={label}
          disabled={disabled}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          mt={6}
        />
      )
    }
    case 'email':
      return <ShortTextInput {...props} type="email" inputMode="email" dir="ltr" />
    default:
      return <ShortTextInput {...props} {...(field.max && { maxLength: field.max })} />
  }
}
