import { IconHome } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ShippedRole } from '#kit/access.ts'
import { LinkButton } from '#kit/web/LinkButton.tsx'
import { todayIn } from '#kit/web/list/period.ts'
import { EmptyState, PageBody, PageHead } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Day } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { entry } from '#modules/ledger/entry/entry.ts'
import { stockDocument } from '#modules/inventory/document/document.ts'
import { sale } from '#modules/pos/sale/sale.ts'
import { LatestTrail } from './home/LatestTrail.tsx'
import { LowShelves } from './home/LowShelves.tsx'
import { OpenPeriods } from './home/OpenPeriods.tsx'
import { Recent } from './home/Recent.tsx'
import { FirstSteps } from './home/FirstSteps.tsx'
import { TillCard } from './home/TillCard.tsx'
import { TodayInShort } from './home/TodayInShort.tsx'
import classes from './home/home.module.css'

type Part = 'steps' | 'today' | 'till' | 'low' | 'sales' | 'documents' | 'periods' | 'entries' | 'trail'

/** What each role begins its day with. Who holds several sees the parts of all, in the order of `parts`. */
const begins: Readonly<Record<ShippedRole, readonly Part[]>> = {
  owner: ['steps', 'today', 'till', 'low'],
  administrator: ['steps', 'today', 'till', 'low'],
  manager: ['steps', 'today', 'till', 'low'],
  cashier: ['till', 'sales'],
  callAgent: ['sales', 'low'],
  callManager: ['today', 'sales'],
  stockKeeper: ['low', 'documents'],
  packer: ['documents', 'low'],
  deliveryManager: ['today', 'low'],
  rider: [],
  buyer: ['low', 'documents'],
  seller: ['low'],
  accountant: ['today', 'periods', 'entries'],
  salesRep: ['sales', 'low'],
  marketer: ['today', 'sales'],
  productionManager: ['today', 'low'],
  dispatcher: ['documents', 'low'],
  vanSalesman: ['till', 'sales'],
  guard: ['documents'],
  auditor: ['today', 'periods', 'entries', 'trail'],
  viewer: ['today', 'sales', 'low'],
}

const parts: Readonly<Record<Part, { can: string; wide?: boolean; show: ReactNode }>> = {
  steps: { can: 'catalog.product.edit', wide: true, show: <FirstSteps /> },
  today: { can: 'analytics.board.read', wide: true, show: <TodayInShort /> },
  till: { can: 'pos.sale.complete', show: <TillCard /> },
  low: { can: 'inventory.stock.read', show: <LowShelves /> },
  sales: { can: 'pos.sale.read', show: <Recent of={sale} columns={['completedAt', 'total']} /> },
  documents: { can: 'inventory.stock.read', show: <Recent of={stockDocument} columns={['kind', 'createdAt']} /> },
  periods: { can: 'ledger.account.read', show: <OpenPeriods /> },
  entries: { can: 'ledger.account.read', show: <Recent of={entry} columns={['documentKind', 'businessDay']} /> },
  trail: { can: 'access.audit.read', wide: true, show: <LatestTrail /> },
}

/** Where a day begins: what a person of this role needs first, and the next steps while the company is new. */
export default function Home() {
  const t = useT()
  const { may, user, place, timeZone } = useSession()
  const wanted = new Set(user?.roles.flatMap((role) => begins[role as ShippedRole] ?? []))
  const shown = Object.entries(parts).filter(([name, part]) => wanted.has(name as Part) && may(part.can))
  return (
    <PageBody>
      <PageHead
        title={t('home.hello', { name: user?.name.split(/\s/)[0] ?? '' })}
        actions={
          shown.some(([name]) => name === 'today') && (
            <LinkButton to="/board" variant="default">
              <T k="page.board" />
            </LinkButton>
          )
        }
        hint={
          <>
            <Day of={todayIn(timeZone)} style="long" />
            {place && (
              <>
                {' · '}
                <bdi>{place.name}</bdi>
              </>
            )}
          </>
        }
      />
      {shown.length === 0 ? (
        <EmptyState icon={IconHome} title={t('home.nothing')}>
          <T k="home.nothingHint" />
        </EmptyState>
      ) : (
        <div className={classes.parts}>
          {shown.map(([name, part]) => (
            <div key={name} className={part.wide ? classes.wide : classes.part}>
              {part.show}
            </div>
          ))}
        </div>
      )}
    </PageBody>
  )
}
