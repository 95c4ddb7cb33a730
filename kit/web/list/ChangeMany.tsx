import { Button, Group, Select, Stack } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { changeShape, type Entity } from '../../entity.ts'
import { fieldLabel } from '../entity/entity.ts'
import { Field } from '../form/Field.tsx'
import { issueText } from '../base/problem.ts'
import { Window } from '../look/Window.tsx'
import { useT } from '../base/words.tsx'

/** One field, and what it shall be for all of the picked rows. */
export function ChangeMany({
  entity,
  fields,
  count,
  onChange,
  onClose,
}: {
  entity: Entity
  fields: readonly string[]
  count: number
  onChange: (name: string, value: unknown) => void
  onClose: () => void
}) {
  const t = useT()
  const [name, setName] = useState<string | null>(fields.length === 1 ? fields[0]! : null)
  const [value, setValue] = useState<unknown>(null)
  const [error, setError] = useState<string>()
  const field = name === null ? undefined : entity.fields[name]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name === null || !field) return
    const said = field.kind === 'flag' ? (value ?? false) : value
    const read = changeShape(entity)[name]!.safeParse(said)
    if (read.success && (said !== null || field.optional)) return onChange(name, said)
    const [issue] = read.error?.issues ?? []
    setError(issueText(t, { path: name, code: issue && said !== null ? issue.code : 'required', message: issue?.message ?? '' }))
  }
  return (
    <Window onClose={onClose} title={t('acts.changeTitle', { n: count })} size="sm">
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Select
            label={t('acts.field')}
            data-autofocus
            allowDeselect={false}
            value={name}
            data={fields.map((one) => ({ value: one, label: fieldLabel(t, entity, one) }))}
            onChange={(next) => {
              setName(next)
              setValue(null)
              setError(undefined)
            }}
          />
          {name !== null && field && (
            <Field
              key={name}
              entity={entity}
              name={name}
              value={value}
              error={error}
              onChange={(next) => {
                setValue(next)
                setError(undefined)
              }}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={name === null}>
              {t('acts.changeAll', { n: count })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Window>
  )
}
