import { PageBody, PageHead } from '#kit/web/look/parts.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { Guides } from './Guides.tsx'

/** Short guides, by search; `guide` in the address opens one. */
export default function HelpPage() {
  const t = useT()
  const [search] = useSearch()
  return (
    <PageBody narrow>
      <PageHead title={t('page.help')} hint={t('help.hint')} />
      <Guides key={search['guide'] ?? ''} opened={search['guide']} />
    </PageBody>
  )
}
