import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import { Members } from '#kit/web/list/Members.tsx'
import { taxClass, taxRate } from './tax.ts'

/** A tax class with its rates, the one in force and those before and after it. */
export default function TaxClassPage() {
  return <DetailPage entity={taxClass}>{({ row }) => <Members of={taxRate} by="taxClass" id={row.id} />}</DetailPage>
}
