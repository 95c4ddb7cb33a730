import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { Can } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { transfer } from './transfer.ts'

/** Goods between stores; what others could send here is one step away. */
export default function TransfersPage() {
  const t = useT()
  return (
    <ListPage
      entity={transfer}
      actions={
        <Can do="inventory.transfer.request">
          <LinkButton to="/inventory/transfer-proposals" variant="default">
            {t('page.transferProposals')}
          </LinkButton>
        </Can>
      }
    />
  )
}
