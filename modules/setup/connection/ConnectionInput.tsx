import { NumberInput, PasswordInput, Select, TextInput } from '@mantine/core'
import type { FormState } from '#kit/web/form/form.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { issueText } from '#kit/web/base/problem.ts'
import { fieldIssues } from '#kit/web/base/request.ts'
import { useT } from '#kit/web/base/words.tsx'
import type { Translate } from '#kit/words.ts'
import { holds, type Connection, type ConnectionField } from './ConnectionState.tsx'

interface InputFacts {
  readonly of: Connection
  readonly field: ConnectionField
  readonly form: FormState
  readonly refused: unknown
  /** What is typed leads to another server than before. */
  readonly isElsewhere: boolean
}

/** What helps with a field, as far as possible by what was chosen above it: an app password is had elsewhere at each provider. */
function hintOf(t: Translate, { of, field, form }: InputFacts): string {
  const key = `adapter.${of.name}.${field.name}.hint`
  const chosen = of.fields.filter((one) => one.kind === 'choice').map((one) => `${key}.${String(form.values[one.name])}`)
  const found = [...chosen, key].find((one) => t.has(one))
  return found ? t(found) : ''
}

/** What stands below an input: who has set it, what to type, where it is found. */
function useDescription(facts: InputFacts): string | undefined {
  const t = useT()
  const { instant } = useFormat()
  const { field, isElsewhere } = facts
  if (field.variable) return t('connections.byVariable', { name: field.variable })
  if (field.isLocked) return t('connections.byEnvironment')
  const hint = hintOf(t, facts)
  if (field.kind !== 'secret' || !field.isSet) return hint || undefined
  if (isElsewhere) return t('connections.again')
  const at = field.setAt ? instant(field.setAt) : ''
  return field.setByName ? t('connections.setBy', { at, name: field.setByName }) : t('connections.setAt', { at })
}

/** One field of a connection, by what it holds. */
export function ConnectionInput(facts: InputFacts) {
  const t = useT()
  const { of, field, form, refused } = facts
  const issue = fieldIssues(refused)[field.name]
  const { name, kind } = field
  const shared = {
    label: t(`adapter.${of.name}.${name}`),
    description: useDescription(facts),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    required: field.neededWhen !== null && holds(field.neededWhen, form.values) && !field.isLocked,
    disabled: field.isLocked || !of.mayChange,
    error: issue && form.isDirty ? issueText(t, issue) : undefined,
  }
  const text = String(form.values[name] ?? '')
  if (kind === 'choice')
    return (
      <Select
        {...shared}
        allowDeselect={false}
        value={text || null}
        onChange={(value) => form.set(name, value ?? '')}
        data={field.options.map((value) => ({ value, label: t(`adapter.${of.name}.${name}.${value}`) }))}
      />
    )
  if (kind === 'number')
    return (
      <NumberInput
        {...shared}
        min={field.least ?? undefined}
        max={field.most ?? undefined}
        thousandSeparator=""
        value={text === '' ? '' : Number(text)}
        onChange={(value) => form.set(name, value === '' ? '' : Number(value))}
      />
    )
  if (kind === 'secret')
    return (
      <PasswordInput
        {...shared}
        dir="ltr"
        autoComplete="new-password"
        placeholder={field.isSet ? '••••••••' : ''}
        maxLength={2000}
        value={text}
        visibilityToggleButtonProps={{ 'aria-label': t('connections.show') }}
        onChange={(event) => form.set(name, event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...shared}
      dir="ltr"
      autoComplete="off"
      maxLength={field.most ?? 200}
      value={text}
      onChange={(event) => form.set(name, event.currentTarget.value)}
    />
  )
}
