import { ListPage } from '../list/ListPage.tsx'
import { usePage } from '../base/page.ts'

export default function Generated() {
  return <ListPage entity={usePage().entity!} />
}
