import { infiniteQueryOptions } from '@tanstack/react-query'
import type { Entity } from '../../entity.ts'
import type { OutputOf } from '../base/api.ts'
import type { Life, Refs } from '../entity/entity.ts'
import { request, toQuery } from '../base/request.ts'
import type { recordRoutes } from '../../server/edge/kit.routes.ts'

type Page = Omit<OutputOf<typeof recordRoutes, 'GET /records/:entity/:id/timeline'>, 'rows'> & { readonly rows: readonly Row[] }

interface Base {
  readonly id: string
  readonly at: string
  readonly by: string | null
  readonly isMine: boolean
}
export type ChangeRow = Base & { readonly kind: 'change'; readonly facts: Pick<Life, 'command' | 'reason' | 'changes'> }
export type NoteRow = Base & {
  readonly kind: 'note'
  readonly facts: { readonly text: string | null; readonly mentions: readonly string[]; readonly isWithdrawn: boolean }
}
export type FileRow = Base & {
  readonly kind: 'file'
  readonly facts: { readonly name: string; readonly type: string; readonly size: string }
}
/** Given to somebody, or taken away again. */
export type AssignmentRow = Base & {
  readonly kind: 'assignment'
  readonly facts: { readonly person: string; readonly isGiven: boolean; readonly isOwn: boolean }
}
/** A record of another kind that points here. */
export type PointingRow = Base & {
  readonly kind: string
  readonly facts: { readonly entity: string; readonly title: string; readonly state: string | null }
}
export type Row = ChangeRow | NoteRow | AssignmentRow | FileRow | PointingRow
export type { Refs }

/** Where what stands around a record is read and written. */
export const recordPath = ({ name }: Pick<Entity, 'name'>, id: string): string => `/records/${name}/${id}`

/** What happened around a record, page by page; `show` is one source of it. */
export const timelineQuery = (entity: Entity, id: string, show: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [entity.name, 'timeline', id, show ?? ''],
    queryFn: ({ pageParam, signal }) =>
      request<Page>(
        'GET',
        `${recordPath(entity, id)}/timeline${toQuery({ ...(show && { show }), ...(pageParam && { cursor: pageParam }) })}`,
        undefined,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
