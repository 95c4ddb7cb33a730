import { useQuery } from '@tanstack/react-query'
import type { kitRoutes } from '../../server/edge/kit.routes.ts'
import { api } from '../base/api.ts'
import { ChooseFile } from '../import/ChooseFile.tsx'
import { Mapping } from '../import/Mapping.tsx'
import { Outcome } from '../import/Outcome.tsx'
import { isWorking, type ImportRun } from '../import/run.ts'
import { usePages, pageTitle } from '../base/page.ts'
import { PageBody, PageHead, PageSkeleton, Problem } from '../look/parts.tsx'
import { usePathParam, useSearch } from '../base/url.tsx'
import { useT } from '../base/words.tsx'

const one = (id: string) => ({
  ...api<typeof kitRoutes>('kit')('GET /imports/:id', { id }),
  refetchInterval: ({ state }: { state: { data?: { run: unknown } | undefined } }) =>
    isWorking((state.data?.run as ImportRun | undefined)?.state)
      ? 500
      : (state.data as { waiting?: number } | undefined)?.waiting
        ? 2000
        : (false as const),
})

/** A file becomes records in four steps: choose it, say which column is which, look at what would happen, do it. */
export default function ImportPage() {
  const t = useT()
  const kind = usePathParam('kind')
  const [{ run, columns }, setSearch] = useSearch()
  const list = usePages().find((page) => page.entity?.name === kind && page.path === page.entity.path)
  const things = list ? pageTitle(t, list) : kind
  return (
    <PageBody narrow>
      <PageHead title={t('import.title', { things })} hint={t('import.hint')} />
      {run ? (
        <Run id={run} kind={kind} isMapping={columns === 'yes'} list={list?.path} />
      ) : (
        <ChooseFile kind={kind} onChosen={(id) => setSearch({ run: id }, { push: true })} />
      )}
    </PageBody>
  )
}

function Run({ id, kind, isMapping, list }: { id: string; kind: string; isMapping: boolean; list: string | undefined }) {
  const [, setSearch] = useSearch()
  const { data, error, refetch } = useQuery(one(id))
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  const run = data.run as unknown as ImportRun
  if (run.state === 'uploaded' || isMapping)
    return (
      <Mapping
        run={run}
        kind={kind}
        fields={data.fields}
        oneOf={data.oneOf}
        extras={data.extras}
        onChecking={() => setSearch({ columns: undefined })}
      />
    )
  return (
    <Outcome
      run={run}
      kind={kind}
      refusals={data.refusals}
      list={list}
      isStuck={data.isStuck}
      waiting={data.waiting}
      onMapping={() => setSearch({ columns: 'yes' })}
    />
  )
}
