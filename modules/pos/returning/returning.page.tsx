import { Button, Skeleton } from '@mantine/core'
import { EmptyState, PageBody, PageHead } from '#kit/web/look/parts.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { IconDeviceDesktop, IconReceiptOff } from '@tabler/icons-react'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { FindReceipt } from './FindReceipt.tsx'
import { TakeBack } from './TakeBack.tsx'
import { useOpenTill } from './useOpenTill.tsx'
import { Without } from './Without.tsx'

/** Goods come back: the receipt is found, what comes back is chosen, and the money goes back or into an exchange. */
export default function BackPage() {
  const t = useT()
  const [search, setSearch] = useSearch()
  const till = useOpenTill()
  const { may } = useSession()
  const sale = search['sale']
  const isWithout = search['without'] !== undefined
  return (
    <PageBody narrow>
      <PageHead
        title={t('back.start')}
        hint={isWithout ? t('back.withoutHint') : sale ? undefined : t('back.hint')}
        actions={
          !sale &&
          !isWithout &&
          till.facts?.shift &&
          may('pos.return.take', till.facts.till.place) && (
            <Button
              variant="default"
              leftSection={<IconReceiptOff size={17} aria-hidden />}
              onClick={() => setSearch({ without: 'receipt' }, { push: true })}
            >
              {t('back.without')}
            </Button>
          )
        }
      />
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
      ) : isWithout ? (
        till.facts ? (
          <Without facts={till.facts} />
        ) : (
          <Skeleton h={320} />
        )
      ) : (
        <FindReceipt onFound={(id) => setSearch({ sale: id }, { push: true })} />
      )}
    </PageBody>
  )
}
