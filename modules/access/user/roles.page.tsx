import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type Wire } from '#kit/web/api.ts'
import { PageBody, PageHead, PageSkeleton, Problem } from '#kit/web/parts.tsx'
import { useSearch } from '#kit/web/url.tsx'
import { useT } from '#kit/web/words.tsx'
import { OneRole } from './OneRole.tsx'
import { RoleMatrix } from './RoleMatrix.tsx'
import classes from './roles.module.css'
import type { userRoutes } from './user.routes.ts'

export type RolesData = Wire<NonNullable<(typeof userRoutes)['GET /roles']['__output']>>

/** What each role may do, in words: one by one, or side by side. */
export default function RolesPage() {
  const t = useT()
  const [search, setSearch] = useSearch()
  const { data, error, refetch, isPending } = useQuery({
    ...api<typeof userRoutes>('access')('GET /roles'),
    // It only changes with a new version of the program.
    staleTime: Infinity,
  })
  if (isPending) return <PageSkeleton />
  if (error) return <Problem of={error} retry={() => void refetch()} />
  const view = search['view'] === 'compare' ? 'compare' : 'one'
  return (
    <PageBody>
      <PageHead
        title={t('page.roles')}
        actions={
          <SegmentedControl
            aria-label={t('roles.view')}
            value={view}
            onChange={(next) => setSearch({ view: next === 'compare' ? next : undefined })}
            data={[
              { value: 'one', label: t('roles.one') },
              { value: 'compare', label: t('roles.compare') },
            ]}
          />
        }
      />
      <p className={classes.intro}>{t('roles.hint')}</p>
      {view === 'compare' ? <RoleMatrix data={data} /> : <OneRole data={data} />}
    </PageBody>
  )
}
