import type { Refs } from '#kit/web/entity/entity.ts'
import { Link } from '#kit/web/base/url.tsx'
import { Instant } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { TheRecord } from './Record.tsx'
import type { TrailRow } from './useTrail.tsx'
import { whoText } from './who.ts'
import classes from './audit.module.css'

/** One thing that somebody did; a click on the line opens it, a click on the record leads there. */
export function TrailLine({ row, refs }: { row: TrailRow; refs: Refs }) {
  const t = useT()
  // Signing in and one's own password say who already.
  const isOwnAccount = row.aboutTable === 'access_user' && (row.actor === null || row.actor === row.about)
  return (
    <li className={classes.line}>
      <span className={classes.time}>
        <Instant of={row.at} style="time" />
      </span>
      <span className={classes.did}>
        <Link to={`/audit/${row.id}`} className={classes.open ?? ''}>
          <bdi className={classes.who}>{whoText(t, row, refs)}</bdi> {t.of('command', row.command)}
        </Link>
        {row.reason && <bdi className={classes.reason}>{row.reason}</bdi>}
      </span>
      <span className={classes.about}>
        {row.aboutTable && row.about && !isOwnAccount && <TheRecord table={row.aboutTable} id={row.about} refs={refs} />}
      </span>
      <span className={classes.place}>{row.place && <bdi>{refs[row.place]}</bdi>}</span>
    </li>
  )
}
