import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { Field } from '#kit/web/form/Field.tsx'
import type { FormState } from '#kit/web/form/form.ts'
import { FormPage } from '#kit/web/form/FormPage.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { planRoutes } from './plan.crud.ts'
import { reportPlan } from './plan.ts'

const FIELDS = ['name', 'report', 'frequency', 'weekday', 'hour', 'period', 'compare', 'place', 'attached', 'receivers'] as const

function Receivers({ form }: { form: FormState }) {
  const t = useT()
  const { data } = useQuery(api<typeof planRoutes>('report-plans')('GET /report-readers'))
  return (
    <MultiSelect
      label={t('field.analytics.reportPlan.receivers')}
      description={t('reportPlan.receiversHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      hidePickedOptions
      required
      value={(form.values['receivers'] as string[] | null) ?? []}
      onChange={(receivers) => form.set('receivers', receivers)}
      error={form.errors['receivers']}
      data={(data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

const inputs = {
  receivers: (form: FormState) => <Receivers form={form} />,
  // Asked only of what is sent once a week.
  weekday: (form: FormState) =>
    form.values['frequency'] === 'weekly' ? (
      <Field
        entity={reportPlan}
        name="weekday"
        value={form.values['weekday']}
        onChange={(value) => form.set('weekday', value)}
        error={form.errors['weekday']}
      />
    ) : (
      <></>
    ),
}

/** When which report goes to whom. */
export default function PlanFormPage() {
  return <FormPage entity={reportPlan} fields={FIELDS} inputs={inputs} />
}
