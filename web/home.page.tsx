import { Navigate } from '@tanstack/react-router'
import { IconHome } from '@tabler/icons-react'
import { useMemo } from 'react'
import { usePages } from '#kit/web/page.ts'
import { EmptyState, PageBody } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { menuOf } from './shell/menu.ts'

/** Where a day begins: the till for those who sell, the board for those who look after the shop, else the first page of the menu. */
export default function Home() {
  const t = useT()
  const { may, user } = useSession()
  const pages = usePages()
  const first = useMemo(() => {
    const onlySells = user?.roles.length === 1 && user.roles[0] === 'cashier'
    const wanted = onlySells ? ['/pos/sell', '/pos/sales'] : ['/board', '/pos/sales']
    const known = wanted.map((path) => pages.find((page) => page.path === path && may(page.can)))
    return known.find(Boolean) ?? menuOf(pages, may)[0]?.pages[0]
  }, [pages, may, user])
  if (first) return <Navigate to={first.path as string} replace />
  return (
    <PageBody narrow>
      <EmptyState icon={IconHome} title={t('home.nothing')}>
        <T k="home.nothingHint" />
      </EmptyState>
    </PageBody>
  )
}
