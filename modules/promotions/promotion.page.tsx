import { DocumentPage } from '#kit/web/document/DocumentPage.tsx'
import { Members } from '#kit/web/list/Members.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { useT } from '#kit/web/base/words.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { coupon } from './coupon/coupon.ts'
import { MakeCoupons } from './coupon/MakeCoupons.tsx'
import { use } from './use/use.ts'
import { promotion } from './promotion/promotion.ts'
import { Trial } from './trial/Trial.tsx'
import type { useRoutes } from './use/use.routes.ts'
import { Sentence } from './promotion/Sentence.tsx'
import classes from './promotions.module.css'

/** A promotion: what it does, what it gave, and its coupons. */
export default function PromotionPage() {
  const { may } = useSession()
  return (
    <DocumentPage
      of={promotion}
      withoutVerbs={['begin']}
      verbs={{ end: { confirm: true } }}
      top={(data) => (
        <p className={classes.says}>
          <Sentence row={data.row} lines={data.lines} refs={data.refs} />
          <Used promotion={data.row.id} />
        </p>
      )}
      lines={{
        columns: ['role', 'category', 'product', 'variant', 'count'],
        name: (line) => String(Number(line['position']) + 1),
      }}
      tabs={[
        { key: 'trial', label: 'promotion.trial', show: ({ row }) => <Trial promotion={row.id} /> },
        { key: 'uses', label: 'promotion.uses', show: ({ row }) => <Members of={use} by="promotion" id={row.id} /> },
        {
          key: 'coupons',
          label: 'promotion.coupons',
          when: ({ row }) => row['coupons'] === 'codes',
          show: ({ row }) => (
            <>
              {may('promotions.promotion.edit', row['place'] as string | null) && row['state'] !== 'ended' && (
                <MakeCoupons promotion={row.id} />
              )}
              <Members of={coupon} by="promotion" id={row.id} />
            </>
          ),
        },
      ]}
    />
  )
}

/** How often it was used, and what it gave. */
function Used({ promotion: id }: { promotion: string }) {
  const t = useT()
  const format = useFormat()
  const { data } = useQuery(api<typeof useRoutes>()('GET /promotions/:id/used', { id }))
  if (!data || data.times === 0) return null
  return <small>{t('promotion.usedSoFar', { times: format.number(data.times), given: format.money(data.given) })}</small>
}
