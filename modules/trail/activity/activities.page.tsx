import type { WireRowOf } from '#kit/web/entity/entity.ts'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { deviceName } from '#modules/access/session/device.rules.ts'
import { activity } from './activity.ts'

type Row = WireRowOf<typeof activity>

/** Who signed in, who failed to, and who asked for what is not theirs. */
export default function ActivitiesPage() {
  return <ListPage<Row> entity={activity} cells={cells} />
}

const cells = {
  kind: (row: Row) => <Kind of={row.kind} />,
  device: (row: Row) => <bdi>{deviceName(row.device)}</bdi>,
}

function Kind({ of }: { of: string }) {
  const t = useT()
  return <>{t(`activity.${of}`)}</>
}
