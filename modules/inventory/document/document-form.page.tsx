import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { rowQuery } from '#kit/web/entity/entity.ts'
import { PageSkeleton, Problem } from '#kit/web/look/parts.tsx'
import { useGo, usePathParam } from '#kit/web/base/url.tsx'
import { stockDocument } from './document.ts'
import { GoodsPaper } from './GoodsPaper.tsx'
import { keptPaper, ownIn, type Kept } from './goodsInput.tsx'

/** Somebody goes on with a draft, whoever began it. */
export default function StockDocumentForm() {
  const id = usePathParam('id')
  // What is gone on with is what stands there now, not what this page has seen before.
  const { data, error, refetch, isFetchedAfterMount } = useQuery({ ...rowQuery(stockDocument, id), refetchOnMount: 'always' })
  const go = useGo()
  const isOver = isFetchedAfterMount && data !== undefined && (data as unknown as Kept).row.state !== 'draft'
  // What has been posted meanwhile is looked at, and put right by another paper.
  useEffect(() => {
    if (isOver) go(`${stockDocument.path}/${id}`, { replace: true })
  }, [isOver, go, id])
  if (!data || !isFetchedAfterMount || isOver)
    return error ? <Problem of={error} retry={() => void refetch()} /> : <PageSkeleton />
  const { row, lines } = data as unknown as Kept
  const { kind, version, location, toLocation, supplier, reason, note } = row
  const head = { ...ownIn(row), id: row.id, kind, version, location, toLocation, supplier, reason, note }
  return <GoodsPaper key={row.id} kind={kind} opened={keptPaper(head, lines)} refs={data.refs} />
}
