import { Button, Loader } from '@mantine/core'
import { IconArrowLeft, IconBuildingStore, IconDeviceDesktop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { api, type OutputOf } from '#kit/web/base/api.ts'
import { EmptyState, PageBody, PageHead, Problem } from '#kit/web/look/parts.tsx'
import { startLive } from '#kit/web/base/live.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useGo, useSearch } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { sellableRoutes } from '#modules/catalog/sellable/sellable.routes.ts'
import type { quickRoutes } from '../quick/quick.routes.ts'
import type { QuickBoard } from '../quick/quick.ts'
import type { saleRoutes } from '../sale/sale.routes.ts'
import type { shiftRoutes } from '../shift/shift.routes.ts'
import { forgetTill, keepTill, keptTill } from '../till/kept.ts'
import { OpenTill } from './OpenTill.tsx'
import { Selling } from './Selling.tsx'
import { OthersDrawer } from './OthersDrawer.tsx'
import type { Goods } from './catalogue.rules.ts'
import type { tillRoutes } from '../till/till.crud.ts'
import classes from './sell.module.css'

type TillRow = OutputOf<typeof tillRoutes, 'GET /pos/tills'>['rows'][number]

/** The till: choose it once on this device, open it with its float, then sell. */
export default function SellPage() {
  const [search, setSearch] = useSearch()
  const [kept, keep] = useState(keptTill)
  const { data, error, refetch } = useQuery({ ...tillsQuery, staleTime: 60_000 })
  // The till fills the screen, without the shell around it: it hears by itself what changes.
  useEffect(() => startLive(), [])
  const tills = data?.rows ?? []
  const chosen = tills.find((till) => till.id === (search['till'] ?? kept)) ?? (tills.length === 1 ? tills[0] : undefined)
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  if (!data) return <Waiting />
  if (!chosen) {
    const choose = (id: string) => {
      keepTill(id)
      keep(id)
      setSearch({ till: id })
    }
    return <ChooseTill tills={tills} onChoose={choose} />
  }
  return (
    <Till
      key={chosen.id}
      id={chosen.id}
      onLeave={tills.length > 1 ? () => (forgetTill(), keep(null), setSearch({ till: undefined })) : undefined}
    />
  )
}

const tillsQuery = api<typeof tillRoutes>()('GET /pos/tills', { limit: 100 })

const Waiting = () => (
  <div className={classes.waiting}>
    <Loader />
  </div>
)

function ChooseTill({ tills, onChoose }: { tills: readonly TillRow[]; onChoose: (id: string) => void }) {
  const t = useT()
  const go = useGo()
  const { places } = useSession()
  return (
    <PageBody narrow>
      <Button
        variant="subtle"
        size="compact-md"
        className={classes.leave ?? ''}
        leftSection={<IconArrowLeft size={18} className={classes.flip} />}
        onClick={() => go('/')}
      >
        {t('till.back')}
      </Button>
      <PageHead title={t('till.choose')} hint={t('till.chooseHint')} />
      {tills.length === 0 && <EmptyState icon={IconBuildingStore} title={t('till.none')} />}
      <div className={classes.tills}>
        {tills.map((till) => (
          <Button
            key={till.id}
            variant="default"
            size="lg"
            justify="flex-start"
            leftSection={<IconDeviceDesktop size={20} />}
            onClick={() => onChoose(till.id)}
          >
            {till.name} · {places.find((place) => place.id === till.place)?.name}
          </Button>
        ))}
      </div>
    </PageBody>
  )
}

function Till({ id, onLeave }: { id: string; onLeave: (() => void) | undefined }) {
  const { user } = useSession()
  const start = useQuery({ ...api<typeof shiftRoutes>()('GET /pos/tills/:id/start', { id }), staleTime: 30_000 })
  const place = start.data?.till.place
  const day = start.data?.shift?.businessDay
  const sellables = useQuery({
    ...api<typeof sellableRoutes>('catalog')('GET /catalog/sellables', { place: place ?? '', ...(day && { day }) }),
    enabled: place !== undefined && day !== undefined,
    staleTime: 5 * 60_000,
    gcTime: Number.POSITIVE_INFINITY,
  })
  // Asked once: what sells best moves the tiles at no other moment. A till without the answer sells all the same.
  const best = useQuery({
    ...api<typeof saleRoutes>('tillBest')('GET /pos/tills/:id/best-sellers', { id }),
    enabled: day !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const quick = useQuery({
    ...api<typeof quickRoutes>('tillQuick')('GET /pos/quick-boards', { place: place ?? '' }),
    enabled: place !== undefined && day !== undefined,
    staleTime: 5 * 60_000,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const refetchQuick = quick.refetch
  const onArranged = useCallback(() => void refetchQuick(), [refetchQuick])
  const goods = useMemo(() => goodsOf(sellables.data, place), [sellables.data, place])
  const [refetchStart, refetchGoods] = [start.refetch, sellables.refetch]
  const onStale = useCallback(async () => {
    const [{ data: started }, { data: fresh }] = await Promise.all([refetchStart(), refetchGoods()])
    return goodsOf(fresh, started?.till.place)
  }, [refetchStart, refetchGoods])
  const [shared, share] = useState<string | null>(() => sessionStorage.getItem(SHARED))
  if (start.error && !start.data) return <Problem of={start.error} retry={() => void start.refetch()} />
  if (!start.data) return <Waiting />
  const { shift } = start.data
  if (!shift)
    return (
      <OpenTill
        till={start.data.till}
        currency={start.data.currency}
        floatFrom={start.data.floatFrom}
        onOpened={() => void start.refetch()}
        onLeave={onLeave}
      />
    )
  const sharing = `${shift.id} ${user?.id}`
  if (shift.heldBy !== user?.id && shared !== sharing) {
    const sellAlong = () => {
      sessionStorage.setItem(SHARED, sharing)
      share(sharing)
    }
    return (
      <OthersDrawer
        till={start.data.till}
        shift={shift}
        onTaken={() => void start.refetch()}
        onShare={sellAlong}
        onLeave={onLeave}
      />
    )
  }
  if (sellables.error && !sellables.data) return <Problem of={sellables.error} retry={() => void sellables.refetch()} />
  if (!goods || best.isLoading || quick.isLoading) {
    return (
      <div className={classes.waiting}>
        <Loader />
        <T k="till.loading" />
      </div>
    )
  }
  return (
    <Selling
      facts={start.data as never}
      goods={goods}
      categories={sellables.data?.categories as never}
      best={best.data?.variants ?? NONE}
      boards={quick.data?.rows ?? NO_BOARDS}
      onArranged={onArranged}
      onClosed={() => void start.refetch()}
      onLeave={onLeave}
      onStale={onStale}
    />
  )
}

const NONE: readonly string[] = []
const NO_BOARDS: readonly QuickBoard[] = []
/** Which drawer of a colleague this person said to sell along on, in this window. */
const SHARED = 'duka.till.shared'

const goodsOf = (data: unknown, place: string | undefined): Goods | null => {
  if (!data || !place) return null
  const { rows, lists, day } = data as { rows: Goods['products']; lists: Goods['lists']; day: string }
  return { products: rows, lists, day, place }
}
