import { Button, Checkbox, Select } from '@mantine/core'
import { IconShoppingCart } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WireOf } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { api, call, reading, type OutputOf } from '#kit/web/api.ts'
import { useAction } from '#kit/web/command.tsx'
import { QuantityInput } from '#kit/web/figures.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem, Wide } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Link, useGo, useSearch } from '#kit/web/url.tsx'
import { Price, Quantity } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { location } from '#modules/inventory/location/location.ts'
import document from '#kit/web/document/document.module.css'
import type { proposalRoutes } from './proposal.routes.ts'
import classes from './proposals.module.css'

type Row = OutputOf<typeof proposalRoutes, 'GET /sourcing/proposals'>['rows'][number]

/** What runs low, by who sells it: ticked, changed where somebody knows better, and made into one draft for each supplier. */
export default function ProposalsPage() {
  const t = useT()
  const { place: own, places } = useSession()
  const [search, setSearch] = useSearch()
  const place = search['place'] ?? own?.id ?? places[0]?.id ?? ''
  const { data, error, refetch } = useQuery({
    ...api<typeof proposalRoutes>()('GET /sourcing/proposals', { place }),
    enabled: place !== '',
  })
  return (
    <PageBody>
      <PageHead
        title={t('page.proposals')}
        hint={t('proposals.hint')}
        actions={
          places.length > 1 && (
            <Select
              aria-label={t('field.place')}
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
        <EmptyState icon={IconShoppingCart} title={t('proposals.none')}>
          <T k="proposals.noneHint" />
        </EmptyState>
      ) : (
        <Proposals key={place} place={place} rows={data.rows} />
      )}
    </PageBody>
  )
}

function Proposals({ place, rows }: { place: string; rows: readonly Row[] }) {
  const t = useT()
  const go = useGo()
  const [quantities, setQuantities] = useState<Readonly<Record<string, string | null>>>({})
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { data: storages } = useQuery(
    reading<{ rows: WireOf<typeof location>[] }>('GET /inventory/locations', { kind: 'storage', place, limit: 200 }),
  )
  // The place's own storage is its oldest.
  const storage = storages?.rows
    .filter((one) => one.holds === 'goods')
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))[0]?.id
  const quantityOf = (row: Row) => (row.variant in quantities ? quantities[row.variant]! : String(row.quantity))
  const isTaken = (row: Row) => !left.has(row.variant) && /^[1-9]\d*$/.test(quantityOf(row) ?? '')
  const groups = [...Map.groupBy(rows, (row) => row.supplier ?? '')]
  const chosen = groups.flatMap(([supplier, own]) =>
    supplier && own.some(isTaken) ? [{ supplier, rows: own.filter(isTaken) }] : [],
  )
  const make = useAction(
    async (orders: readonly { id: string; supplier: string; rows: readonly Row[] }[], key) => {
      for (const [index, order] of orders.entries())
        await call(
          'POST /sourcing/purchases',
          {
            id: order.id,
            supplier: order.supplier,
            location: storage,
            lines: order.rows.map((row) => ({
              variant: row.variant,
              code: row.code,
              quantity: quantityOf(row),
              price: row.price ?? '0',
              taxRate: String(row.taxRate),
            })),
          },
          { key: `${key}-${index}` },
        )
      return orders
    },
    {
      touches: ['sourcing'],
      done: 'proposals.made',
      onDone: (orders) =>
        go(orders.length === 1 ? `/sourcing/purchases/${orders[0]!.id}` : '/sourcing/purchases', {
          ...(orders.length > 1 && { search: { state: 'draft' } }),
        }),
    },
  )
  const [ids] = useState(() => new Map<string, string>())
  const idFor = (supplier: string) => ids.get(supplier) ?? (ids.set(supplier, newId()), ids.get(supplier)!)
  const toggle = (variants: readonly string[], isOn: boolean) =>
    setLeft((before) => {
      const after = new Set(before)
      for (const one of variants)
        if (isOn) after.delete(one)
        else after.add(one)
      return after
    })
  return (
    <>
      {groups.map(([supplier, own]) => (
        <Panel
          key={supplier}
          flush
          title={own[0]?.supplierName ? <bdi>{own[0].supplierName}</bdi> : t('proposals.nobody')}
          actions={
            supplier && (
              <Checkbox
                label={t('proposals.all')}
                checked={own.every((row) => !left.has(row.variant))}
                indeterminate={own.some((row) => left.has(row.variant)) && own.some((row) => !left.has(row.variant))}
                onChange={(event) =>
                  toggle(
                    own.map((row) => row.variant),
                    event.currentTarget.checked,
                  )
                }
              />
            )
          }
        >
          {!supplier && <p className={classes.hint}>{t('proposals.nobodyHint')}</p>}
          <Wide label={own[0]?.supplierName ?? t('proposals.nobody')} of={620} stacks>
            <table className={document.table}>
              <thead>
                <tr>
                  {supplier && <th aria-label={t('proposals.take')} />}
                  <th>{t('lines.what')}</th>
                  <th data-figure>{t('field.available')}</th>
                  <th data-figure>{t('field.level')}</th>
                  <th data-figure>{t('proposals.onOrder')}</th>
                  <th data-figure>{t('field.price')}</th>
                  <th data-figure>{t('proposals.order')}</th>
                </tr>
              </thead>
              <tbody>
                {own.map((row) => (
                  <tr key={row.variant}>
                    {supplier && (
                      <td>
                        <Checkbox
                          size="md"
                          aria-label={t('proposals.takeOne', { name: row.name })}
                          checked={!left.has(row.variant)}
                          onChange={(event) => toggle([row.variant], event.currentTarget.checked)}
                        />
                      </td>
                    )}
                    <td>
                      <Link to={`/inventory/stock/${row.variant}`}>{row.name}</Link>
                      <small>{[row.sku, row.code].filter(Boolean).join(' · ')}</small>
                    </td>
                    <td data-figure data-label={t('field.available')}>
                      <Quantity of={row.available} unit={row.unit} />
                    </td>
                    <td data-figure data-label={t('field.level')}>
                      <Quantity of={row.level} />
                    </td>
                    <td data-figure data-label={t('proposals.onOrder')}>
                      {String(row.onOrder) !== '0' && <Quantity of={row.onOrder} />}
                    </td>
                    <td data-figure data-label={t('field.price')}>
                      <Price of={row.price} per={row.priceUnit} unit={row.unit} plain />
                    </td>
                    <td data-figure data-label={t('proposals.order')}>
                      <QuantityInput
                        aria-label={t('proposals.orderOf', { name: row.name })}
                        className={classes.quantity ?? ''}
                        value={quantityOf(row)}
                        onChange={(value) => setQuantities((before) => ({ ...before, [row.variant]: value }))}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
        </Panel>
      ))}
      <div className={document.foot}>
        <span>{t('proposals.chosen', { n: chosen.reduce((all, one) => all + one.rows.length, 0) })}</span>
        <span className={document.acts}>
          <Button
            loading={make.isRunning}
            disabled={chosen.length === 0 || !storage}
            onClick={() => void make.run(chosen.map((one) => ({ ...one, id: idFor(one.supplier) })))}
          >
            {t('proposals.make', { n: chosen.length })}
          </Button>
        </span>
      </div>
    </>
  )
}
