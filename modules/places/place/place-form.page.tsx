import { fieldLabel } from '#kit/web/entity/entity.ts'
import { OptionalLabel } from '#kit/web/form/Field.tsx'
import type { FormState } from '#kit/web/form/form.ts'
import { FormPage } from '#kit/web/form/FormPage.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { TaxNumberInput } from '#kit/web/input/TaxNumberInput.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { likeTaxNumber } from '../country.ts'
import { place } from './place.ts'

const inputs = { taxNumber: (form: FormState) => <TaxNumber form={form} /> }

/** A place: its number on papers is one of the country of the company, and a new one goes by the clock of the company. */
export default function PlaceFormPage() {
  const { company } = useSession()
  return (
    <FormPage
      entity={place}
      inputs={inputs}
      {...(company && { initial: { timeZone: company.timeZone, cutOffHour: company.cutOffHour } })}
    />
  )
}

function TaxNumber({ form }: { form: FormState }) {
  const t = useT()
  const { company } = useSession()
  const number = String(form.values['taxNumber'] ?? '')
  return (
    <TaxNumberInput
      label={<OptionalLabel text={fieldLabel(t, place, 'taxNumber')} />}
      like={likeTaxNumber(company?.country ?? '', number)}
      error={form.errors['taxNumber']}
      value={number}
      onChange={(text) => form.set('taxNumber', text || null)}
    />
  )
}
