import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { customNames, withCustom, type CustomField } from '../../custom.ts'
import type { Entity } from '../../entity.ts'
import { request } from '../base/request.ts'

/** The fields that the company has added; what changes them marks everything of `setup` as old. */
export const knownFieldsQuery = queryOptions({
  queryKey: ['setup.customField', 'known'],
  queryFn: ({ signal }) => request<{ rows: CustomField[] }>('GET', '/known-fields', undefined, { signal }),
  staleTime: 5 * 60_000,
})

/** The entity as this company has it. The frame has fetched its fields before it shows a page. */
export function useOwned<E extends Entity>(of: E): E {
  const { data } = useQuery({ ...knownFieldsQuery, enabled: of.custom === true })
  return useMemo(() => (data ? withCustom(of, data.rows) : of), [of, data])
}

/** The names of the company's own fields of an entity, in their order. */
export const useCustomNames = (of: Entity): readonly string[] => customNames(useOwned(of))
