import { fillPath, request, toQuery, type SendOptions } from './request.ts'

/** What JSON makes of an answer: `bigint` and points in time arrive as text. */
export type Wire<T> = T extends bigint | Date | Temporal.Instant | Temporal.PlainDate
  ? string
  : T extends object
    ? { [K in keyof T]: Wire<T[K]> }
    : T

type RouteTable = Readonly<Record<string, { readonly __input?: unknown; readonly __output?: unknown }>>
type InputAt<E> = E extends { readonly __input?: infer Input } ? Input : never
type OutputAt<E> = E extends { readonly __output?: infer Output } ? Wire<Output> : never
/** What a route answers, as JSON carries it: `OutputOf<typeof saleRoutes, 'GET /pos/sales/:id'>`. */
export type OutputOf<R extends RouteTable, K extends keyof R> = OutputAt<R[K]>
type Reads<R> = Extract<keyof R, `GET ${string}`>

/** What `useQuery`, `useSuspenseQuery` and `ensureQueryData` take. The first part of the key is the area, for live updates. */
export interface Reading<Output> {
  readonly queryKey: readonly unknown[]
  readonly queryFn: (context: { signal: AbortSignal }) => Promise<Output>
}

/**
 * A read of the API with the types of its routes: `api<typeof saleRoutes>()('GET /pos/sales', { state: 'open' })`.
 * Path parameters are taken from the input, the rest becomes the query. `area` names what live events refresh it, when
 * that is not the first word of the path.
 */
export const api =
  <R extends RouteTable>(area?: string) =>
  <K extends Reads<R>>(route: K, input: InputAt<R[K]> = {} as InputAt<R[K]>): Reading<OutputAt<R[K]>> =>
    reading(route, input as Record<string, unknown>, area)

export function reading<Output>(route: string, input: Readonly<Record<string, unknown>>, area = areaOf(route)): Reading<Output> {
  return { queryKey: [area, route, input], queryFn: ({ signal }) => call<Output>(route, input, { signal }) }
}

/** A change, without a hook: `await send<typeof saleRoutes>()('POST /pos/sales/:saleId/completion', { saleId, tenders })`. */
export const send =
  <R extends RouteTable>() =>
  <K extends keyof R & string>(route: K, input: InputAt<R[K]>, options?: SendOptions): Promise<OutputAt<R[K]>> =>
    call(route, input as Record<string, unknown>, options)

export const areaOf = (route: string): string => route.split(' ')[1]?.split('/')[1] ?? ''

/** Calls a route by its name. A PATCH takes `{ …path, ifMatch, changes }`, as its command does. */
export function call<Output>(
  route: string,
  input: Readonly<Record<string, unknown>>,
  options: SendOptions = {},
): Promise<Output> {
  const [method = 'GET', pattern = '/'] = route.split(' ')
  const { path, rest } = fillPath(pattern, input)
  if (method === 'GET') return request('GET', path + toQuery(rest), undefined, options)
  if (method === 'PATCH')
    return request('PATCH', path, rest['changes'], { ...options, ifMatch: rest['ifMatch'] as number | undefined })
  return request(method, path, rest, options)
}

/** Sends a file with some fields beside it. */
export function upload<Output>(
  path: string,
  file: File,
  fields: Readonly<Record<string, string>> = {},
  options?: SendOptions,
): Promise<Output> {
  const form = new FormData()
  // The server reads fields that come before the file.
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file, file.name)
  return request('POST', path, form, options)
}
