import { PageBody, PageHead, Panel } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { groups, reportNames, reportOf, type Group } from './report.ts'
import classes from './report.module.css'

/** All reports, by what they are made of, each with a line that says what it counts. */
export default function ReportsPage() {
  const t = useT()
  const { may } = useSession()
  const seen = (Object.keys(groups) as Group[]).filter((group) => groups[group].read.every((right) => may(right)))
  return (
    <PageBody>
      <PageHead title={t('page.reports')} hint={t('report.hint')} />
      <div className={classes.groups}>
        {seen.map((group) => (
          <Panel key={group} title={<T k={`report.group.${group}`} />}>
            <ul className={classes.list}>
              {reportNames
                .filter((name) => reportOf(name).group === group)
                .map((name) => (
                  <li key={name}>
                    <Link to={`/reports/${name}`} className={classes.link}>
                      <T k={`report.${name}`} />
                    </Link>
                    <span className={classes.about}>
                      <T k={`report.about.${name}`} />
                    </span>
                  </li>
                ))}
            </ul>
          </Panel>
        ))}
      </div>
    </PageBody>
  )
}
