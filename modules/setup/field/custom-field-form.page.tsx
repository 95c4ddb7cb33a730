import { Field } from '#kit/web/form/Field.tsx'
import type { FormState } from '#kit/web/form/form.ts'
import { FormPage } from '#kit/web/form/FormPage.tsx'
import { customField } from './custom-field.ts'

const FIELDS = ['of', 'label', 'kind', 'choices', 'target', 'isRequired', 'isListed', 'position'] as const

/** Asked only of the kind that has it. */
const only = (name: 'choices' | 'target', kind: string) => (form: FormState) =>
  form.values['kind'] === kind ? (
    <Field
      entity={customField}
      name={name}
      value={form.values[name]}
      onChange={(value) => form.set(name, value)}
      error={form.errors[name]}
    />
  ) : (
    <></>
  )

const inputs = { choices: only('choices', 'choice'), target: only('target', 'reference') }

/** A field of the company's own: of what it is, what it is called, and what is noted in it. */
export default function CustomFieldFormPage() {
  return <FormPage entity={customField} fields={FIELDS} inputs={inputs} />
}
