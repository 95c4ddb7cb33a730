import { Alert } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { PageBody, PageHead, PageSkeleton, Problem } from '#kit/web/look/parts.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { ConnectionForm } from './ConnectionForm.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import type { connectionRoutes } from './connection.routes.ts'
import { TryIt } from './TryIt.tsx'

/** One service of others: what Duka has to know of it, and whether it works. */
export default function ConnectionPage() {
  const t = useT()
  const name = usePathParam('name')
  const { data, error, refetch, isPending } = useQuery(api<typeof connectionRoutes>('access')('GET /connections/:name', { name }))
  useCrumb(data && t(`adapter.${name}.title`))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const { connection } = data
  // What was saved is the new beginning of the form: secrets are empty in it again.
  const saved = JSON.stringify(connection.fields)
  return (
    <PageBody narrow>
      <PageHead title={t(`adapter.${name}.title`)} hint={t(`adapter.${name}.hint`)} badge={<ConnectionState of={connection} />} />
      {!connection.mayChange && (
        <Alert mb="md" icon={<IconLock size={17} />}>
          <T k="problem.access.connection.ownersOnly" />
        </Alert>
      )}
      <ConnectionForm key={saved} of={connection} />
      {connection.state !== 'unset' && <TryIt of={connection} />}
    </PageBody>
  )
}
