import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { Panel } from '#kit/web/look/parts.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { user } from '../user/user.ts'
import { team } from './team.ts'

/** A team and who belongs to it. People join it on their own page. */
export default function TeamPage() {
  const t = useT()
  return (
    <DetailPage entity={team}>
      {({ row }) => (
        <Panel title={t('entities.access.user')} flush>
          <ListPage entity={user} fixed={{ team: row.id }} embedded />
        </Panel>
      )}
    </DetailPage>
  )
}
