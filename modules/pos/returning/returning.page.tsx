import { EmptyState, PageBody, PageHead } from '#kit/web/look/parts.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { IconDeviceDesktop } from '@tabler/icons-react'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { FindReceipt } from './FindReceipt.tsx'
import { TakeBack } from './TakeBack.tsx'
import { useOpenTill } from './useOpenTill.tsx'

/** Goods come back: the receipt is found, what comes back is chosen, and the money goes back or into an exchange. */
export default function BackPage() {
  const t = useT()
  const [search, setSearch] = useSearch()
  const till = useOpenTill()
  const sale = search['sale']
  return (
    <PageBody narrow>
      <PageHead title={t('back.start')} hint={sale ? undefined : t('back.hint')} />
      {till.facts && !till.facts.shift ? (
        <EmptyState
          icon={IconDeviceDesktop}
          title={t('back.noTill')}
          action={<LinkButton to="/pos/sell">{t('page.sell')}</LinkButton>}
        >
          <T k="back.noTillHint" />
        </EmptyState>
      ) : sale ? (
        <TakeBack key={sale} sale={sale} facts={till.facts} onDone={() => setSearch({ sale: undefined })} />
      ) : (
        <FindReceipt onFound={(id) => setSearch({ sale: id }, { push: true })} />
      )}
    </PageBody>
  )
}
