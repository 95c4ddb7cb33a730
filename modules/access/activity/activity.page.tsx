import { DetailPage } from '#kit/web/DetailPage.tsx'
import { useT } from '#kit/web/words.tsx'
import { activity } from './activity.ts'

/** One thing that somebody did, with all that was noted of it. */
export default function ActivityPage() {
  const t = useT()
  return <DetailPage entity={activity} withoutHistory title={({ row }) => t(`activity.${String(row['kind'])}`)} />
}
