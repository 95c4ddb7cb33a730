import { choiceLabel, fieldLabel } from '#kit/web/entity/entity.ts'
import type { FormState } from '#kit/web/form/form.ts'
import { FormPage } from '#kit/web/form/FormPage.tsx'
import { ChoiceInput } from '#kit/web/input/inputs.tsx'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { method, methodKinds } from './method.ts'
import classes from './method.module.css'

const FIELDS = ['name', 'kind', 'account', 'needsReference', 'position'] as const
const inputs = {
  kind: (form: FormState) => <Kind form={form} />,
  account: (form: FormState) => <Account form={form} />,
}

/** A way to pay. Cash needs no account: it lies in the drawer of the till. */
export default function MethodFormPage() {
  return <FormPage entity={method} fields={FIELDS} inputs={inputs} />
}

function Kind({ form }: { form: FormState }) {
  const t = useT()
  const choose = (kind: string | null) => {
    form.set('kind', kind)
    if (kind === 'cash') form.set('account', null)
  }
  return (
    <ChoiceInput
      label={fieldLabel(t, method, 'kind')}
      error={form.errors['kind']}
      value={form.values['kind'] as string | null}
      onChange={choose}
      values={methodKinds.map((kind) => ({ value: kind, label: choiceLabel(t, method, 'kind', kind) }))}
    />
  )
}

function Account({ form }: { form: FormState }) {
  const t = useT()
  if (form.values['kind'] === 'cash') return <p className={classes.hint}>{t('method.cashHint')}</p>
  return (
    <RefPicker
      to="ledger_account"
      label={t('method.account')}
      value={form.values['account'] as string | null}
      onChange={(account) => form.set('account', account)}
      error={form.errors['account']}
    />
  )
}
