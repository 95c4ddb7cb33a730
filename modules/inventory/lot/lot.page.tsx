import { DetailPage } from '#kit/web/DetailPage.tsx'
import { useT } from '#kit/web/words.tsx'
import { Moves } from '../stock/Moves.tsx'
import { Freshness } from './Freshness.tsx'
import { lot } from './lot.ts'

/** A lot and everything that happened to it: where it came from and to whom it went. */
export default function LotPage() {
  const t = useT()
  return (
    <DetailPage
      entity={lot}
      hint={({ row, refs }) => refs[String(row['variant'])]}
      actions={({ row }) => <Freshness until={row['expiresOn'] as string | null} />}
    >
      {({ row }) => <Moves of={{ lot: row.id }} title={t('stock.moves')} />}
    </DetailPage>
  )
}
