import { useQuery } from '@tanstack/react-query'
import { useCrumb } from '../base/crumb.ts'
import type { Entity } from '../../entity.ts'
import { entityTitle, inSentence, rowQuery } from '../entity/entity.ts'
import { EntityForm, type EntityFormProps } from './EntityForm.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem } from '../look/parts.tsx'
import { useGo, usePathParam, useSearch } from '../base/url.tsx'
import { useT } from '../base/words.tsx'

export interface FormPageProps extends Partial<Omit<EntityFormProps, 'entity' | 'row' | 'refs'>> {
  readonly entity: Entity
  /** Without one: taken from the path, and a new row when the path has none. */
  readonly id?: string
  readonly title?: string
}

/** The page that makes or changes a record. Values in the address (`?category=…`) are what a new one begins with; `back` is where it leads afterwards. */
export function FormPage({ entity, id, title, initial, ...rest }: FormPageProps) {
  const t = useT()
  const go = useGo()
  const fromPath = usePathParam('id')
  const [search] = useSearch()
  const known = id ?? fromPath
  // Only a page of ours: an address from elsewhere must not send people away.
  const back = /^\/(?!\/)/.test(search['back'] ?? '') ? search['back'] : undefined
  const thing = inSentence(t, t.of('entity', entity.name))
  const { data, error, isPending, refetch } = useQuery({ ...rowQuery(entity, known), enabled: known !== '' })
  useCrumb(data ? entityTitle(entity, data.row, data.refs) : undefined)
  if (known && isPending) return <PageSkeleton />
  if (known && error && !data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody narrow>
      <PageHead title={title ?? t(known ? 'form.editTitle' : 'list.new', { thing })} />
      <Panel>
        <EntityForm
          key={known}
          entity={entity}
          {...(data && { row: data.row, refs: data.refs })}
          initial={{ ...search, ...initial }}
          onSaved={(saved) => go(back ?? `${entity.path}/${saved}`, { replace: true })}
          onCancel={() => go(back ?? (known ? `${entity.path}/${known}` : entity.path))}
          {...rest}
        />
      </Panel>
    </PageBody>
  )
}
