import { ListPage } from '#kit/web/list/ListPage.tsx'
import { LabelsButton } from '../label/LabelsButton.tsx'
import { variant } from './product.ts'

/** All variants; labels of those that are picked. */
export default function VariantsPage() {
  return <ListPage entity={variant} bulk={(rows) => <LabelsButton of={rows.map(({ id }) => ({ variant: id, count: 1 }))} />} />
}
