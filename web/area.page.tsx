import { usePages } from '#kit/web/base/page.ts'
import { PageBody, PageHead } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { cards, Cards, Leads, Today } from './home/Cards.tsx'
import { Ways } from './home/Ways.tsx'
import { menuOf } from './shell/menu.ts'
import { NotFound } from './shell/NotFound.tsx'

/** Where the work of one area begins: its figures, and the way to each of its pages. */
export default function AreaPage() {
  const t = useT()
  const session = useSession()
  const area = usePathParam('area')
  const group = menuOf(usePages(), session).find((one) => one.area === area)
  if (!group) return <NotFound />
  const shown = cards.filter((card) => card.area === area && session.may(card.can))
  return (
    <PageBody key={area}>
      <PageHead title={t(`menu.${group.area}`)} actions={<Leads of={shown} />} hint={<Today />} />
      <Ways of={group} />
      {shown.length > 0 && <Cards of={shown} />}
    </PageBody>
  )
}
