import { FormPage } from '../FormPage.tsx'
import { usePage } from '../page.ts'

export default function Generated() {
  return <FormPage entity={usePage().entity!} />
}
