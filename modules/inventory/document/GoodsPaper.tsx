import { Button, SegmentedControl, Select, Textarea } from '@mantine/core'
import { IconCheck, IconListCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { WireOf } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { call, reading } from '#kit/web/api.ts'
import { useAction } from '#kit/web/command.tsx'
import { EmptyState, PageBody, PageHead, Panel } from '#kit/web/parts.tsx'
import { PostingForm } from '#kit/web/PostingForm.tsx'
import { RefPicker } from '#kit/web/RefPicker.tsx'
import { useSession } from '#kit/web/session.tsx'
import { useGo } from '#kit/web/url.tsx'
import { useT } from '#kit/web/words.tsx'
import type { location } from '../location/location.ts'
import { adjustReasons } from './document.ts'
import { GoodsReview } from './GoodsReview.tsx'
import { GoodsSearch, type FoundGoods } from './GoodsSearch.tsx'
import { GoodsTable, GoodsTotal } from './GoodsTable.tsx'
import { useGoods, type GoodsDraft, type GoodsLine, type PaperKind } from './useGoods.tsx'
import classes from './goods.module.css'

const ROUTES: Record<PaperKind, string> = {
  receipt: 'POST /inventory/receipts',
  adjustment: 'POST /inventory/adjustments',
  count: 'POST /inventory/counts',
  transfer: 'POST /inventory/transfers',
}
const ONE = 1_000_000n

/** A paper that moves goods, written by scanner or keyboard and posted as a whole. */
export function GoodsPaper({ kind }: { kind: PaperKind }) {
  const t = useT()
  const go = useGo()
  const goods = useGoods(kind)
  const [id, setId] = useState(newId)
  const [isReviewing, setReviewing] = useState(false)
  const { draft } = goods
  const locations = useLocations(draft, goods.change)
  const post = useAction(
    (input: object, key) => call<{ id: string; number: string }>(ROUTES[kind], input as Record<string, unknown>, { key }),
    {
      quiet: true,
      touches: ['inventory', 'catalog', 'accounts', 'ledger', 'board'],
      onDone: (done) => {
        goods.clear()
        setId(newId())
        go(`/inventory/documents/${done.id}`)
      },
    },
  )
  const lines = draft.lines.filter((line) => line.quantity !== null && line.quantity !== '0')
  const counted = kind === 'count' ? draft.lines.filter((line) => line.quantity !== null) : lines
  const isWhole = counted.every(
    (line) => /^-?\d{1,15}$/.test(line.quantity!) && (kind !== 'receipt' || /^\d{1,15}$/.test(line.unitCost ?? '')),
  )
  const isRight =
    draft.location !== null &&
    counted.length > 0 &&
    isWhole &&
    (kind !== 'transfer' || (draft.toLocation !== null && draft.toLocation !== draft.location)) &&
    (kind !== 'adjustment' || draft.reason !== null)
  const input = inputOf(kind, draft, counted)
  const review = () => {
    post.forget()
    if (isRight) setReviewing(true)
  }
  const found = (one: FoundGoods, isScan: boolean) =>
    goods.add(linesOf(kind, one), isScan ? BigInt(one.scanned) : kind === 'adjustment' ? undefined : ONE)
  return (
    <PageBody>
      <PageHead title={t(`goods.${kind}`)} hint={t(`goods.${kind}Hint`)} />
      <PostingForm onPost={review}>
        <Panel>
          <div className={classes.head}>
            <Select
              label={t(kind === 'transfer' ? 'goods.from' : 'field.location')}
              required
              allowDeselect={false}
              data={locations}
              value={draft.location}
              onChange={(location) => goods.change({ location })}
            />
            <Head kind={kind} draft={draft} change={goods.change} locations={locations} />
          </div>
        </Panel>
        {draft.location && (
          <Panel>
            <div className={classes.finder}>
              <GoodsSearch location={draft.location} showsStock={kind !== 'count'} onFound={found} />
              <AllGoods location={draft.location} onAll={(all) => goods.add(all.flatMap((one) => linesOf(kind, one)))} />
            </div>
            {draft.lines.length === 0 ? (
              <EmptyState title={t('goods.empty')}>{t('goods.emptyHint')}</EmptyState>
            ) : (
              <GoodsTable kind={kind} goods={goods} />
            )}
          </Panel>
        )}
        <Panel>
          <Textarea
            label={t('field.note')}
            value={draft.note}
            maxLength={2000}
            autosize
            minRows={2}
            onChange={(event) => goods.change({ note: event.currentTarget.value })}
          />
        </Panel>
        <div className={classes.foot}>
          <GoodsTotal kind={kind} lines={draft.lines} />
          <span className={classes.acts}>
            {draft.lines.length > 0 && (
              <Button variant="subtle" color="gray" onClick={goods.clear}>
                {t('goods.discard')}
              </Button>
            )}
            <Button type="submit" disabled={!isRight} leftSection={<IconCheck size={18} />}>
              {t('goods.review')}
            </Button>
          </span>
        </div>
      </PostingForm>
      {isReviewing && (
        <GoodsReview
          kind={kind}
          draft={draft}
          lines={counted}
          count={input}
          isRunning={post.isRunning}
          problem={post.problem}
          onPost={() => void post.run({ id, ...input })}
          onClose={() => setReviewing(false)}
        />
      )}
    </PageBody>
  )
}

interface HeadProps {
  kind: PaperKind
  draft: GoodsDraft
  change: (values: Partial<GoodsDraft>) => void
  locations: readonly { value: string; label: string }[]
}

/** What only this kind of paper says: where from, why, where to. */
function Head({ kind, draft, change, locations }: HeadProps) {
  const t = useT()
  if (kind === 'transfer')
    return (
      <Select
        label={t('goods.to')}
        required
        data={locations.filter((one) => one.value !== draft.location)}
        value={draft.toLocation}
        onChange={(toLocation) => change({ toLocation })}
      />
    )
  if (kind === 'adjustment')
    return (
      <Select
        label={t('field.reason')}
        required
        data={adjustReasons.map((value) => ({ value, label: t.of('state', `inventory.document.reason.${value}`) }))}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    )
  if (kind === 'count') return null
  return (
    <>
      <div className={classes.source}>
        <span id="source" className={classes.label}>
          {t('goods.source')}
        </span>
        <SegmentedControl
          aria-labelledby="source"
          fullWidth
          value={draft.source}
          onChange={(source) => change({ source: source as GoodsDraft['source'] })}
          data={(['supplier', 'opening'] as const).map((value) => ({ value, label: t(`goods.source.${value}`) }))}
        />
      </div>
      {draft.source === 'supplier' && (
        <RefPicker to="party" label={t('field.supplier')} value={draft.supplier} onChange={(supplier) => change({ supplier })} />
      )}
    </>
  )
}

/** Puts everything on the paper: for the first stock of a shop, or a count of all shelves. Lines left empty are left out. */
function AllGoods({ location, onAll }: { location: string; onAll: (all: readonly FoundGoods[]) => void }) {
  const t = useT()
  const all = useAction(
    async () => {
      const rows: FoundGoods[] = []
      for (let after: string | null = ''; after !== null && rows.length < 1000;) {
        const page: { rows: FoundGoods[]; next: string | null } = await call('GET /inventory/goods', {
          location,
          limit: 500,
          ...(after && { after }),
        })
        rows.push(...page.rows)
        after = page.next
      }
      return rows.toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, 1000)
    },
    { onDone: onAll },
  )
  return (
    <Button
      variant="default"
      leftSection={<IconListCheck size={17} />}
      loading={all.isRunning}
      onClick={() => void all.run(undefined)}
    >
      {t('goods.all')}
    </Button>
  )
}

function useLocations(draft: GoodsDraft, change: (values: Partial<GoodsDraft>) => void) {
  const { place } = useSession()
  const { data } = useQuery(
    reading<{ rows: WireOf<typeof location>[] }>('GET /inventory/locations', { kind: 'storage', limit: 200 }),
  )
  const rows = data?.rows ?? []
  const first = rows.find((row) => !place || row.place === place.id)?.id ?? rows[0]?.id
  const isKnown = rows.some((row) => row.id === draft.location)
  useEffect(() => {
    if (first && !isKnown) change({ location: first })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `change` is new each time and means the same
  }, [first, isKnown])
  return rows.map((row) => ({ value: row.id, label: `${row.name} · ${row.code}` }))
}

/** The lines that goods begin with: one, or in a count one a lot, because each lot is counted by itself. */
function linesOf(kind: PaperKind, found: FoundGoods): GoodsLine[] {
  const line: GoodsLine = {
    key: found.id,
    variant: found.id,
    name: found.name,
    sku: found.sku,
    decimals: found.decimals,
    onHand: String(found.onHand),
    quantity: null,
    unitCost: found.cost === null ? null : String(found.cost),
    priceUnit: found.priceUnit,
    unit: found.unit,
    lot: null,
    expiresOn: null,
    lots: found.lots,
  }
  const [first] = found.lots
  if (!first || kind === 'receipt' || kind === 'transfer') return [line]
  if (kind === 'adjustment') return [{ ...line, lot: first.code }]
  const withoutLot = BigInt(found.onHand) - found.lots.reduce((all, lot) => all + BigInt(lot.onHand), 0n)
  const byLot = found.lots.map((lot) => ({ ...line, key: `${found.id} ${lot.code}`, lot: lot.code, expiresOn: lot.expiresOn }))
  return withoutLot === 0n ? byLot : [...byLot, line]
}

const lotOf = (line: GoodsLine) => (line.lot?.trim() ? { lot: line.lot.trim() } : {})

function inputOf(kind: PaperKind, draft: GoodsDraft, lines: readonly GoodsLine[]) {
  const head = { location: draft.location, ...(draft.note.trim() && { note: draft.note.trim() }) }
  if (kind === 'receipt')
    return {
      ...head,
      source: draft.source,
      ...(draft.source === 'supplier' && { supplier: draft.supplier }),
      lines: lines.map((line) => ({
        variant: line.variant,
        quantity: line.quantity,
        unitCost: line.unitCost ?? '0',
        ...lotOf(line),
        ...(line.lot?.trim() && line.expiresOn && { expiresOn: line.expiresOn }),
      })),
    }
  if (kind === 'count')
    return {
      ...head,
      lines: lines.map((line) => ({
        variant: line.variant,
        counted: line.quantity,
        ...(line.countedAt && { countedAt: line.countedAt }),
        ...lotOf(line),
      })),
    }
  return {
    ...head,
    ...(kind === 'transfer' ? { toLocation: draft.toLocation } : { reason: draft.reason }),
    lines: lines.map((line) => ({ variant: line.variant, quantity: line.quantity, ...lotOf(line) })),
  }
}
