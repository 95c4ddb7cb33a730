import { DetailPage } from '../record/DetailPage.tsx'
import { usePage } from '../base/page.ts'

export default function Generated() {
  return <DetailPage entity={usePage().entity!} />
}
