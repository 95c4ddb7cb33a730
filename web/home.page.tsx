import { IconHome } from '@tabler/icons-react'
import { usePages } from '#kit/web/base/page.ts'
import { EmptyState, PageBody, PageHead } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { cards, Cards, Leads, steps, Today } from './home/Cards.tsx'
import { FirstSteps } from './home/FirstSteps.tsx'
import { Ways } from './home/Ways.tsx'
import { menuOf } from './shell/menu.ts'

/** Who sets a company up. */
const BUILDERS = ['owner', 'administrator', 'manager'] as const

/** Where a day begins: what a person of this role needs first, and the next steps while the company is new. */
export default function Home() {
  const t = useT()
  const session = useSession()
  const { may, user } = session
  const begin = menuOf(usePages(), session).find(({ home }) => home === '/')
  const roles = new Set(user?.roles)
  const shown = cards.filter((card) => (card.roles === 'everyone' || card.roles.some((role) => roles.has(role))) && may(card.can))
  // What is only asked or led to from the head is no card.
  const isMadeFor = shown.some((card) => card.roles !== 'everyone' && card.Show)
  return (
    <PageBody>
      <PageHead
        title={t('home.hello', { name: user?.name.split(/\s/)[0] ?? '' })}
        actions={<Leads of={shown} />}
        hint={<Today />}
      />
      {BUILDERS.some((role) => roles.has(role)) && <FirstSteps steps={steps} />}
      {isMadeFor || begin ? (
        <>
          <Cards of={shown} />
          {/* No card is made for this role: its pages are there all the same. */}
          {!isMadeFor && begin && <Ways of={begin} />}
        </>
      ) : (
        <EmptyState icon={IconHome} title={t('home.nothing')}>
          <T k="home.nothingHint" />
        </EmptyState>
      )}
    </PageBody>
  )
}
