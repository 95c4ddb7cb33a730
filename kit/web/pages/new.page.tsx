import { FormPage } from '../form/FormPage.tsx'
import { usePage } from '../base/page.ts'

export default function Generated() {
  return <FormPage entity={usePage().entity!} />
}
