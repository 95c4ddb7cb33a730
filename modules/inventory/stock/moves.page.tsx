import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { atPlace } from './at-place.ts'
import { moveList } from './move-list.ts'
import { moveCells, NoMoves, toArticle } from './Moves.tsx'

export default function MovesPage() {
  const t = useT()
  const { place } = useSession()
  return (
    <ListPage
      {...atPlace(moveList, place?.id)}
      title={t('stock.moves')}
      hint={place?.name ?? t('shell.allPlaces')}
      cells={moveCells}
      rowHref={toArticle}
      empty={<NoMoves />}
    />
  )
}
