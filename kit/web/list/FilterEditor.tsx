import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { filterField, valuesOf, type Entity, type Field } from '../../entity.ts'
import { choiceLabel, fieldLabel, type Refs } from '../entity/entity.ts'
import { AmountInput, IntegerInput, QuantityInput, RateInput } from '../input/figures.tsx'
import { DayInput } from '../input/DayInput.tsx'
import { RefsPicker } from '../entity/RefPicker.tsx'
import { T, useT } from '../base/words.tsx'
import { isPeriod, periods } from '../session/period.ts'
import classes from './list.module.css'

export interface FilterEditorProps {
  readonly entity: Entity
  readonly name: string
  readonly value: string | undefined
  readonly refs: Refs
  readonly onChange: (value: string | undefined) => void
  readonly onClose: () => void
}

/** Sets one filter, in the way that its kind of field is asked for. */
export function FilterEditor(props: FilterEditorProps) {
  const t = useT()
  const field = filterField(props.entity, props.name)
  if (!field) return null
  return (
    <Stack gap="xs" className={classes.editor ?? ''}>
      <strong className={classes.editorTitle}>{fieldLabel(t, props.entity, props.name)}</strong>
      <Editor {...props} field={field} />
    </Stack>
  )
}

function Editor(props: FilterEditorProps & { field: Field }) {
  switch (props.field.kind) {
    case 'choice':
    case 'flag':
    case 'texts':
      return <Choices {...props} />
    case 'ref':
      return <References {...props} />
    case 'day':
    case 'instant':
      return <Days {...props} />
    case 'money':
    case 'quantity':
    case 'integer':
    case 'rate':
      return <Span {...props} />
    default:
      return <Exactly {...props} />
  }
}

const partsOf = (value: string | undefined) => (value ? value.split(',') : [])

function Choices({ entity, name, field, value, onChange }: FilterEditorProps & { field: Field }) {
  const t = useT()
  const chosen = partsOf(value)
  const options = field.kind === 'flag' ? ['true', 'false'] : valuesOf(field)
  const label = (one: string) =>
    field.kind === 'flag' ? t(one === 'true' ? 'common.yes' : 'common.no') : choiceLabel(t, entity, name, one)
  const toggle = (one: string) =>
    onChange((chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]).join(',') || undefined)
  return options.map((one) => (
    <Checkbox key={one} label={label(one)} checked={chosen.includes(one)} onChange={() => toggle(one)} />
  ))
}

function References({ field, value, refs, onChange }: FilterEditorProps & { field: Field }) {
  const t = useT()
  const chosen = partsOf(value)
  const none = chosen.includes('none')
  return (
    <>
      <RefsPicker
        aria-label={t('form.search')}
        to={field.to ?? ''}
        {...(field.where && { filters: field.where })}
        refs={refs}
        value={chosen.filter((one) => one !== 'none')}
        onChange={(ids) => onChange(ids.join(',') || undefined)}
      />
      {field.optional && (
        <Checkbox label={t('filter.none')} checked={none} onChange={() => onChange(none ? undefined : 'none')} />
      )}
    </>
  )
}

function Days({ value, onChange, onClose }: FilterEditorProps) {
  const t = useT()
  const [from = '', to = ''] = value && !isPeriod(value) ? value.split('..') : []
  const set = (next: [string, string]) => onChange(next[0] || next[1] ? next.join('..') : undefined)
  return (
    <>
      <div className={classes.periods}>
        {periods.map((period) => (
          <Button
            key={period}
            size="compact-sm"
            variant={value === period ? 'filled' : 'default'}
            onClick={() => {
              onChange(period)
              onClose()
            }}
          >
            {t(`period.${period}`)}
          </Button>
        ))}
      </div>
      <Group grow gap="xs" wrap="nowrap">
        <DayInput onlyDays label={t('filter.from')} value={from} onChange={(day) => set([day ?? '', to])} />
        <DayInput onlyDays label={t('filter.to')} value={to} onChange={(day) => set([from, day ?? ''])} />
      </Group>
    </>
  )
}

function Span({ field, value, onChange, onClose }: FilterEditorProps & { field: Field }) {
  const t = useT()
  const [bounds, setBounds] = useState<[string, string]>(() => [value?.split('..')[0] ?? '', value?.split('..')[1] ?? ''])
  const isRight = bounds.every((one) => one === '' || /^-?\d+$/.test(one))
  const box = (at: 0 | 1, label: string) => {
    const change = (next: string | number | null) =>
      setBounds((before) => (at === 0 ? [String(next ?? ''), before[1]] : [before[0], String(next ?? '')]))
    if (field.kind === 'money') return <AmountInput label={label} value={bounds[at]} onChange={change} />
    if (field.kind === 'quantity') return <QuantityInput label={label} value={bounds[at]} onChange={change} />
    if (field.kind === 'rate') return <RateInput label={label} value={bounds[at]} onChange={change} />
    return <IntegerInput label={label} value={bounds[at] === '' ? null : Number(bounds[at])} onChange={change} />
  }
  const apply = () => {
    onChange(bounds[0] || bounds[1] ? bounds.join('..') : undefined)
    onClose()
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isRight) apply()
      }}
    >
      <Group grow gap="xs" wrap="nowrap" mb="xs">
        {box(0, t('filter.atLeast'))}
        {box(1, t('filter.atMost'))}
      </Group>
      <Button type="submit" fullWidth disabled={!isRight}>
        <T k="filter.apply" />
      </Button>
    </form>
  )
}

function Exactly({ value, onChange, onClose }: FilterEditorProps) {
  const t = useT()
  const [text, setText] = useState(value ?? '')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onChange(text.trim() || undefined)
        onClose()
      }}
    >
      <TextInput
        aria-label={t('filter.is')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        mb="xs"
        data-autofocus
      />
      <Button type="submit" fullWidth>
        <T k="filter.apply" />
      </Button>
    </form>
  )
}
