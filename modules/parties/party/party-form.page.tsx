import { MultiSelect, Select } from '@mantine/core'
import { useMemo } from 'react'
import { nameOfLanguage } from '#kit/words.ts'
import { SearchSelect } from '#kit/web/input/SearchSelect.tsx'
import { fieldLabel, choiceLabel } from '#kit/web/entity/entity.ts'
import { Field, OptionalLabel } from '#kit/web/form/Field.tsx'
import type { FormState } from '#kit/web/form/form.ts'
import { FormPage } from '#kit/web/form/FormPage.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { TaxNumberInput } from '#kit/web/input/TaxNumberInput.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { languages, useT } from '#kit/web/base/words.tsx'
import { countries, likeTaxNumber } from '#modules/places/country.ts'
import { Duplicates } from './Duplicates.tsx'
import { party, partyRoles } from './party.ts'

const FIELDS = [
  'name',
  'kind',
  'phones',
  'emails',
  'roles',
  'customerGroup',
  'address',
  'city',
  'country',
  'language',
  'taxNumber',
  'bankAccount',
  'note',
] as const

const inputs = {
  emails: (form: FormState) => <Emails form={form} />,
  roles: (form: FormState) => <Roles form={form} />,
  country: (form: FormState) => <Country form={form} />,
  language: (form: FormState) => <Language form={form} />,
  taxNumber: (form: FormState) => <TaxNumber form={form} />,
}

/** Somebody new, or changes to somebody known. While a new one is typed, people who may be the same are shown. */
export default function PartyFormPage() {
  return <FormPage entity={party} fields={FIELDS} inputs={inputs} />
}

/** Below name and numbers, where whoever types sees it: people who may be the same. */
function Emails({ form }: { form: FormState }) {
  const isNew = usePathParam('id') === ''
  return (
    <>
      <Field
        entity={party}
        name="emails"
        value={form.values['emails']}
        onChange={(value) => form.set('emails', value)}
        error={form.errors['emails']}
      />
      {isNew && <Duplicates values={form.values} />}
    </>
  )
}

function Roles({ form }: { form: FormState }) {
  const t = useT()
  return (
    <MultiSelect
      label={fieldLabel(t, party, 'roles')}
      error={form.errors['roles']}
      value={[...((form.values['roles'] as string[] | null) ?? [])]}
      onChange={(roles) => form.set('roles', roles)}
      data={partyRoles.map((role) => ({ value: role, label: choiceLabel(t, party, 'roles', role) }))}
    />
  )
}

function Country({ form }: { form: FormState }) {
  const t = useT()
  const { company } = useSession()
  const names = useMemo(() => new Intl.DisplayNames([t.locale], { type: 'region' }), [t.locale])
  const value = (form.values['country'] as string | null) ?? null
  const codes = [
    ...new Set([...(company?.country ? [company.country] : []), ...countries.map((one) => one.code), ...(value ? [value] : [])]),
  ]
  return (
    <SearchSelect
      label={<OptionalLabel text={fieldLabel(t, party, 'country')} />}
      error={form.errors['country']}
      clearable
      value={value}
      onChange={(code) => form.set('country', code)}
      data={codes.map((code) => ({ value: code, label: nameOf(names, code) }))}
    />
  )
}

/** What an import brought may be no country at all. */
const nameOf = (names: Intl.DisplayNames, code: string): string => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code)

function Language({ form }: { form: FormState }) {
  const t = useT()
  const value = (form.values['language'] as string | null) ?? null
  const codes = [...new Set([...languages, ...(value ? [value] : [])])]
  return (
    <Select
      label={<OptionalLabel text={fieldLabel(t, party, 'language')} />}
      error={form.errors['language']}
      clearable
      value={value}
      onChange={(language) => form.set('language', language)}
      data={codes.map((code) => ({ value: code, label: languages.includes(code) ? nameOfLanguage(code) : code }))}
    />
  )
}

/** Of their own country, or of the company's where none is given. */
function TaxNumber({ form }: { form: FormState }) {
  const t = useT()
  const { company } = useSession()
  const country = String(form.values['country'] ?? company?.country ?? '')
  const number = String(form.values['taxNumber'] ?? '')
  return (
    <TaxNumberInput
      label={<OptionalLabel text={fieldLabel(t, party, 'taxNumber')} />}
      like={likeTaxNumber(country, number)}
      error={form.errors['taxNumber']}
      value={number}
      onChange={(text) => form.set('taxNumber', text || null)}
    />
  )
}
