import { Button, Select } from '@mantine/core'
import { IconTransfer } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { api, call, type OutputOf } from '#kit/web/api.ts'
import { useAction } from '#kit/web/command.tsx'
import document from '#kit/web/document/document.module.css'
import { EmptyState, PageBody, PageHead, PageSkeleton, Problem } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { useGo, useSearch } from '#kit/web/url.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { transferRoutes } from '../transfer/transfer.routes.ts'
import { transfer } from '../transfer/transfer.ts'
import { OfferedBy } from './OfferedBy.tsx'
import type { transferProposalRoutes } from './transfer-proposal.routes.ts'

export type Offered = OutputOf<typeof transferProposalRoutes, 'GET /inventory/transfer-proposals'>['rows'][number]

/** What runs low here and lies elsewhere: ticked, changed where somebody knows better, and asked for, one transfer a shelf. */
export default function TransferProposalsPage() {
  const t = useT()
  const { place: own, places } = useSession()
  const [search, setSearch] = useSearch()
  const place = search['place'] ?? own?.id ?? places[0]?.id ?? ''
  const { data, error, refetch } = useQuery({
    ...api<typeof transferProposalRoutes>()('GET /inventory/transfer-proposals', { place }),
    enabled: place !== '',
  })
  return (
    <PageBody>
      <PageHead
        title={t('page.transferProposals')}
        hint={t('transferProposals.hint')}
        actions={
          places.length > 1 && (
            <Select
              aria-label={t('field.inventory.transferOrder.place')}
              allowDeselect={false}
              value={place}
              onChange={(id) => setSearch({ place: id ?? undefined })}
              data={places.map((one) => ({ value: one.id, label: one.name }))}
            />
          )
        }
      />
      {error && !data ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : !data ? (
        <PageSkeleton />
      ) : data.rows.length === 0 ? (
        <EmptyState icon={IconTransfer} title={t('transferProposals.none')}>
          <T k="transferProposals.noneHint" />
        </EmptyState>
      ) : (
        <Proposals key={place} place={place} rows={data.rows} />
      )}
    </PageBody>
  )
}

const keyOf = (row: Offered) => `${row.location} ${row.variant}`

function Proposals({ place, rows }: { place: string; rows: readonly Offered[] }) {
  const t = useT()
  const go = useGo()
  const [quantities, setQuantities] = useState<Readonly<Record<string, string | null>>>({})
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { data: ends } = useQuery(api<typeof transferRoutes>()('GET /inventory/transfer-ends'))
  // The place's own storage is its oldest.
  const to = ends?.rows.find((one) => one.isOurs && one.place === place)?.id
  const quantityOf = (row: Offered) => (keyOf(row) in quantities ? quantities[keyOf(row)]! : String(row.quantity))
  const isTaken = (row: Offered) => !left.has(keyOf(row)) && /^[1-9]\d*$/.test(quantityOf(row) ?? '')
  const groups = [...Map.groupBy(rows, (row) => row.location)]
  const chosen = groups.flatMap(([location, own]) => (own.some(isTaken) ? [{ location, rows: own.filter(isTaken) }] : []))
  const [ids] = useState(() => new Map(groups.map(([location]) => [location, newId()])))
  const make = useAction(
    async (asked: typeof chosen, key) => {
      for (const [index, one] of asked.entries())
        await call(
          `POST ${transfer.path}`,
          {
            id: ids.get(one.location),
            location: one.location,
            toLocation: to,
            lines: one.rows.map((row) => ({ variant: row.variant, quantity: quantityOf(row) })),
          },
          { key: `${key}-${index}` },
        )
      return asked
    },
    {
      touches: ['inventory'],
      done: 'transferProposals.made',
      onDone: (asked) =>
        asked.length === 1
          ? go(`${transfer.path}/${ids.get(asked[0]!.location)}`)
          : go(transfer.path, { search: { state: 'requested' } }),
    },
  )
  const toggle = (own: readonly Offered[], isOn: boolean) =>
    setLeft((before) => {
      const keys = new Set(own.map(keyOf))
      return isOn ? before.difference(keys) : before.union(keys)
    })
  return (
    <>
      {groups.map(([location, own]) => (
        <OfferedBy
          key={location}
          rows={own}
          isOn={(row) => !left.has(keyOf(row))}
          quantityOf={quantityOf}
          onToggle={toggle}
          onQuantity={(row, value) => setQuantities((before) => ({ ...before, [keyOf(row)]: value }))}
        />
      ))}
      <div className={document.foot}>
        <span>{t('transferProposals.chosen', { n: chosen.reduce((all, one) => all + one.rows.length, 0) })}</span>
        <span className={document.acts}>
          <Button loading={make.isRunning} disabled={chosen.length === 0 || !to} onClick={() => void make.run(chosen)}>
            {t('transferProposals.make', { n: chosen.length })}
          </Button>
        </span>
      </div>
    </>
  )
}
