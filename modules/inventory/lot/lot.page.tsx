import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import { Moves } from '../stock/Moves.tsx'
import { Freshness } from '../stock/Freshness.tsx'
import { lot } from './lot.ts'

/** A lot and everything that happened to it: where it came from and to whom it went. */
export default function LotPage() {
  return (
    <DetailPage
      entity={lot}
      hint={({ row, refs }) => refs[String(row['variant'])]}
      actions={({ row }) => <Freshness until={row['expiresOn'] as string | null} />}
    >
      {({ row }) => <Moves of="lot" id={row.id} />}
    </DetailPage>
  )
}
