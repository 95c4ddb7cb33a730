import { Button, Loader } from '@mantine/core'
import { IconBuildingStore, IconDeviceDesktop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/api.ts'
import { EmptyState, PageBody, PageHead, Problem } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { useSearch } from '#kit/web/url.tsx'
import { T, useT } from '#kit/web/words.tsx'
import type { productRoutes } from '#modules/catalog/product/product.routes.ts'
import type { shiftRoutes } from '../shift/shift.routes.ts'
import { OpenTill } from './OpenTill.tsx'
import { Selling } from './Selling.tsx'
import type { TillProduct } from './catalogue.rules.ts'
import classes from './sell.module.css'

interface TillRow {
  readonly id: string
  readonly name: string
  readonly place: string
}

const STORED = 'duka.till'

/** The till: choose it once on this device, open it with its float, then sell. */
export default function SellPage() {
  const [search, setSearch] = useSearch()
  const [kept, keep] = useState(() => localStorage.getItem(STORED))
  const { data, error, refetch } = useQuery({ ...tillsQuery, staleTime: 60_000 })
  const tills = (data?.rows ?? []) as unknown as TillRow[]
  const chosen = tills.find((till) => till.id === (search['till'] ?? kept)) ?? (tills.length === 1 ? tills[0] : undefined)
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  if (!data) return <Waiting />
  if (!chosen) {
    const choose = (id: string) => {
      localStorage.setItem(STORED, id)
      keep(id)
      setSearch({ till: id })
    }
    return <ChooseTill tills={tills} onChoose={choose} />
  }
  return (
    <Till
      key={chosen.id}
      id={chosen.id}
      onLeave={tills.length > 1 ? () => (localStorage.removeItem(STORED), keep(null), setSearch({ till: undefined })) : undefined}
    />
  )
}

const tillsQuery = api<{ 'GET /pos/tills': { __input?: Record<string, string>; __output?: { rows: unknown[] } } }>()(
  'GET /pos/tills',
  { limit: '100' },
)

const Waiting = () => (
  <div className={classes.waiting}>
    <Loader />
  </div>
)

function ChooseTill({ tills, onChoose }: { tills: readonly TillRow[]; onChoose: (id: string) => void }) {
  const t = useT()
  const { places } = useSession()
  return (
    <PageBody narrow>
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
  const start = useQuery({ ...api<typeof shiftRoutes>()('GET /pos/tills/:id/start', { id }), staleTime: 30_000 })
  const place = start.data?.till.place
  const sellables = useQuery({
    ...api<typeof productRoutes>('catalog')('GET /catalog/sellables', { place: place ?? '' }),
    enabled: place !== undefined,
    staleTime: 5 * 60_000,
    gcTime: Number.POSITIVE_INFINITY,
  })
  if (start.error && !start.data) return <Problem of={start.error} retry={() => void start.refetch()} />
  if (!start.data) return <Waiting />
  if (!start.data.shift)
    return (
      <OpenTill till={start.data.till} currency={start.data.currency} onOpened={() => void start.refetch()} onLeave={onLeave} />
    )
  if (sellables.error && !sellables.data) return <Problem of={sellables.error} retry={() => void sellables.refetch()} />
  if (!sellables.data) {
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
      products={sellables.data.rows as unknown as readonly TillProduct[]}
      categories={sellables.data.categories as never}
      onClosed={() => void start.refetch()}
      onLeave={onLeave}
      onStale={() => void sellables.refetch()}
    />
  )
}
