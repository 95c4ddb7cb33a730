import { DetailPage } from '../DetailPage.tsx'
import { usePage } from '../page.ts'

export default function Generated() {
  return <DetailPage entity={usePage().entity!} />
}
