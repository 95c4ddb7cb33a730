import { useQuery } from '@tanstack/react-query'
import { IconReceipt, IconReceiptRefund } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { declaredEntities } from '#kit/entity.ts'
import { reading } from '#kit/web/base/api.ts'
import { DetailPage, type DetailTab } from '#kit/web/record/DetailPage.tsx'
import { sumsQuery, type OneRow, type RowsPage, type WireRow } from '#kit/web/entity/entity.ts'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { Erase, EraseItem } from '#kit/web/entity/Erase.tsx'
import { EmptyState, Stat, Stats } from '#kit/web/look/parts.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Amount, Instant } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { party } from './party.ts'

interface PartyBalances {
  readonly rows: readonly { account: string; name: string; balance: string }[]
}
// The books stand above people, so their route is known here by its address only.
const balances = (id: string) => reading<PartyBalances>('GET /party-balances/:party', { party: id }, 'ledger')

const showBalances = ({ row }: OneRow) => <Standing id={row.id} />
const showSales = ({ row }: OneRow) => <Sales customer={row.id} />
const showReturns = ({ row }: OneRow) => <Returns customer={row.id} />
const showOrders = ({ row }: OneRow) => <Orders supplier={row.id} />
const isOnly = (role: string, { row }: OneRow) =>
  Array.isArray(row['roles']) && row['roles'].length === 1 && row['roles'][0] === role

/** Somebody we deal with: how to reach them, what stands open between us, and what they bought. */
export default function PartyPage() {
  const t = useT()
  const regions = useMemo(() => new Intl.DisplayNames([t.locale], { type: 'region', fallback: 'code' }), [t.locale])
  const [erasing, setErasing] = useState<WireRow | null>(null)
  const sales = declaredEntities.get('pos_sale')
  const returns = declaredEntities.get('return_note')
  const orders = declaredEntities.get('sourcing_purchase')
  const tabs: DetailTab<OneRow>[] = [
    ...(sales
      ? [
          {
            key: 'sales',
            label: 'party.sales',
            can: sales.can.read,
            show: showSales,
            when: (data: OneRow) => !isOnly('supplier', data),
          },
        ]
      : []),
    ...(returns
      ? [
          {
            key: 'returns',
            label: 'party.returns',
            can: returns.can.read,
            show: showReturns,
            when: (data: OneRow) => !isOnly('supplier', data),
          },
        ]
      : []),
    ...(orders
      ? [
          {
            key: 'orders',
            label: 'party.orders',
            can: orders.can.read,
            show: showOrders,
            when: ({ row }: OneRow) => Array.isArray(row['roles']) && row['roles'].includes('supplier'),
          },
        ]
      : []),
  ]
  return (
    <>
      <DetailPage
        entity={party}
        tabs={tabs}
        values={{
          country: (row) => countryName(regions, row['country'] as string | null),
        }}
        top={showBalances}
        more={({ row }) =>
          !row['erasedAt'] && (
            <Can do="parties.party.erase">
              <EraseItem onClick={() => setErasing(row)} />
            </Can>
          )
        }
      />
      {erasing && (
        <Erase
          path={`/parties/${erasing.id}/erasure`}
          name={String(erasing['name'])}
          text={t('party.eraseText')}
          touches={['parties']}
          onClose={() => setErasing(null)}
        />
      )}
    </>
  )
}

// What an import brought may be no code at all; then it is shown as it is.
const countryName = (names: Intl.DisplayNames, code: string | null) =>
  code && /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : null

/** What they spent, less what came back, and when they came last, and what stands open between us. */
function Standing({ id }: { id: string }) {
  const { may } = useSession()
  const sales = declaredEntities.get('pos_sale')
  const sees = sales !== undefined && may(sales.can.read)
  const spent = useQuery({ ...sumsQuery(sales ?? party, { customer: id, state: 'completed' }), enabled: sees })
  const returns = declaredEntities.get('return_note')
  const seesBack = returns !== undefined && may(returns.can.read)
  const back = useQuery({ ...sumsQuery(returns ?? party, { customer: id }), enabled: sees && seesBack })
  const [bought, returned] = [spent.data?.sums['total'], seesBack ? back.data?.sums['total'] : '0']
  const last = useQuery({
    ...reading<RowsPage>(`GET ${sales?.path}`, { customer: id, sort: '-completedAt', limit: 1 }, 'pos'),
    enabled: sees,
  })
  const [visit] = last.data?.rows ?? []
  return (
    <>
      {visit && (
        <Stats>
          {bought !== undefined && returned !== undefined && (
            <Stat
              label={<T k="party.spent" />}
              value={<Amount of={BigInt(bought) - BigInt(returned)} />}
              change={spent.data?.count != null && <T k="party.visits" n={spent.data.count} />}
            />
          )}
          <Stat
            label={<T k="party.lastVisit" />}
            value={
              <Link to={`${sales!.path}/${visit.id}`}>
                <Instant of={String(visit['completedAt'])} ago />
              </Link>
            }
          />
        </Stats>
      )}
      <Balances id={id} />
    </>
  )
}

function Balances({ id }: { id: string }) {
  const { may } = useSession()
  const { data } = useQuery({ ...balances(id), enabled: may('ledger.account.read') })
  if (!data || data.rows.length === 0) return null
  return (
    <Stats>
      {data.rows.map((row) => (
        <Stat
          key={row.account}
          label={
            <Link to={`/accounts/${row.account}`} search={{ party: id, span: 'thisYear' }}>
              <bdi>{row.name}</bdi>
            </Link>
          }
          value={<Amount of={row.balance} />}
        />
      ))}
    </Stats>
  )
}

/** What they brought back. */
function Returns({ customer }: { customer: string }) {
  const t = useT()
  const returns = useMemo(() => ({ ...declaredEntities.get('return_note')!, list: RETURNED }), [])
  return (
    <ListPage
      entity={returns}
      fixed={{ customer }}
      embedded
      empty={
        <EmptyState icon={IconReceiptRefund} title={t('party.noReturns')}>
          <T k="party.noReturnsHint" />
        </EmptyState>
      }
    />
  )
}
const RETURNED = ['number', 'takenAt', 'soldNumber', 'reason', 'place', 'total']

/** What was ordered from them. */
function Orders({ supplier }: { supplier: string }) {
  const t = useT()
  const orders = useMemo(() => ({ ...declaredEntities.get('sourcing_purchase')!, list: ORDERED }), [])
  return (
    <ListPage
      entity={orders}
      fixed={{ supplier }}
      embedded
      empty={
        <EmptyState icon={IconReceipt} title={t('party.noOrders')}>
          <T k="party.noOrdersHint" />
        </EmptyState>
      }
    />
  )
}
const ORDERED = ['number', 'createdAt', 'place', 'expectedOn', 'state', 'total']

// Whose purchases they are stands above them already.
const COLUMNS = ['number', 'completedAt', 'place', 'cashierName', 'total']

function Sales({ customer }: { customer: string }) {
  const t = useT()
  const sales = useMemo(() => ({ ...declaredEntities.get('pos_sale')!, list: COLUMNS }), [])
  return (
    <ListPage
      entity={sales}
      fixed={{ customer }}
      embedded
      empty={
        <EmptyState icon={IconReceipt} title={t('party.noSales')}>
          <T k="party.noSalesHint" />
        </EmptyState>
      }
    />
  )
}
