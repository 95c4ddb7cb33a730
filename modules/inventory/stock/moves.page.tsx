import { PageBody, PageHead } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { useT } from '#kit/web/words.tsx'
import { Moves } from './Moves.tsx'

export default function MovesPage() {
  const t = useT()
  const { place } = useSession()
  return (
    <PageBody>
      <PageHead title={t('stock.moves')} hint={place?.name ?? t('shell.allPlaces')} />
      <Moves of={place ? { place: place.id } : {}} />
    </PageBody>
  )
}
