import { useQuery } from '@tanstack/react-query'
import type { PriceUnit } from '#kit/quantity.ts'
import { fieldLabel, rowQuery } from '#kit/web/entity/entity.ts'
import { Field } from '#kit/web/form/Field.tsx'
import type { FormState } from '#kit/web/form/form.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { FormPage } from '#kit/web/form/FormPage.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { variant } from '../product/product.ts'
import { price } from './price.ts'

const inputs = { price: (form: FormState) => <Price form={form} /> }

/** A price of a list: it is for as many units as the article's own price, and says so once the article is chosen. */
export default function PriceFormPage() {
  return <FormPage entity={price} inputs={inputs} />
}

function Price({ form }: { form: FormState }) {
  const t = useT()
  const format = useFormat()
  const of = String(form.values['variant'] ?? '')
  const { data } = useQuery({ ...rowQuery(variant, of), enabled: of !== '' })
  const per = format.per((data?.row['priceUnit'] ?? '1') as PriceUnit)
  return (
    <Field
      entity={price}
      name="price"
      label={`${fieldLabel(t, price, 'price')} ${per}`.trim()}
      value={form.values['price']}
      onChange={(value) => form.set('price', value)}
      error={form.errors['price']}
    />
  )
}
