import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import { Members } from '#kit/web/list/Members.tsx'
import { conversion, unit } from './unit.ts'

/** A unit, and which products hold how much of their own in it. */
export default function UnitPage() {
  return <DetailPage entity={unit}>{({ row }) => <Members of={conversion} by="unit" id={row.id} />}</DetailPage>
}
