import { ListPage } from '../ListPage.tsx'
import { usePage } from '../page.ts'

export default function Generated() {
  return <ListPage entity={usePage().entity!} />
}
