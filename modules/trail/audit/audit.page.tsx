import { Button, Skeleton } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { IconSearchOff, IconShieldSearch } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import { ExportMenu } from '#kit/web/list/ExportMenu.tsx'
import { todayIn } from '#kit/web/session/period.ts'
import { EmptyState, PageBody, PageHead, Problem } from '#kit/web/look/parts.tsx'
import { toQuery } from '#kit/web/base/request.ts'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { useSearch, type Search } from '#kit/web/base/url.tsx'
import { Day } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { CompareRecord } from './CompareRecord.tsx'
import { SealNote } from './SealNote.tsx'
import { TrailFilters } from './TrailFilters.tsx'
import { TrailLine } from './TrailLine.tsx'
import { askedOf, filterNames, useTrail, type Trail } from './useTrail.tsx'
import classes from './audit.module.css'

/** What happened here, newest first, for as long as anybody looks. */
export default function AuditPage() {
  const t = useT()
  const [search] = useSearch()
  const { clock } = useSession()
  const filters = Object.fromEntries(filterNames.flatMap((name) => (search[name] ? [[name, search[name]]] : [])))
  const text = JSON.stringify(filters)
  const asked = useMemo(() => askedOf(JSON.parse(text) as Search, clock), [text, clock])
  const trail = useTrail(asked)
  return (
    <PageBody>
      <PageHead
        title={t('page.audit')}
        hint={t('audit.hint')}
        actions={
          <Can do="access.audit.export">
            <ExportMenu path={(format) => `/audit/export${toQuery({ ...asked, format })}`} hint={t('audit.exportHint')} />
          </Can>
        }
      />
      <SealNote />
      <TrailFilters />
      {search['about'] && search['table'] && (
        <CompareRecord key={search['about']} table={search['table']} record={search['about']} />
      )}
      {trail.isPending ? (
        <Skeleton h={320} />
      ) : trail.error && trail.rows.length === 0 ? (
        <Problem of={trail.error} retry={trail.retry} />
      ) : trail.rows.length === 0 ? (
        <EmptyState icon={text === '{}' ? IconShieldSearch : IconSearchOff} title={t('list.nothingMatches')}>
          <T k="audit.nothingHint" />
        </EmptyState>
      ) : (
        <Days trail={trail} />
      )}
    </PageBody>
  )
}

function Days({ trail }: { trail: Trail }) {
  const t = useT()
  const { timeZone } = useSession()
  const days = Map.groupBy(trail.rows, (row) => todayIn(timeZone, new Date(row.at)))
  const { ref, entry } = useIntersection({ rootMargin: '400px' })
  const { hasMore, isLoadingMore, more } = trail
  const isNear = entry?.isIntersecting ?? false
  useEffect(() => {
    if (isNear && hasMore && !isLoadingMore) more()
  }, [isNear, hasMore, isLoadingMore, more])
  return (
    <>
      {[...days].map(([day, rows]) => (
        <section key={day} className={classes.day}>
          <h2>
            <Day of={day} style="long" />
          </h2>
          <ol>
            {rows.map((row) => (
              <TrailLine key={row.id} row={row} refs={trail.refs} />
            ))}
          </ol>
        </section>
      ))}
      <div ref={ref} className={classes.end}>
        {hasMore ? (
          <Button variant="default" loading={isLoadingMore} onClick={more}>
            <T k="list.more" />
          </Button>
        ) : (
          <span>{t('audit.end')}</span>
        )}
      </div>
    </>
  )
}
