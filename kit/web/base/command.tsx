import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { newId } from '../../id.ts'
import { areaOf, call, type Wire } from './api.ts'
import { problemText } from './problem.ts'
import { refresh } from './query.ts'
import { isOffline, ProblemError } from './request.ts'
import { useT } from './words.tsx'

type RouteTable = Readonly<Record<string, { readonly __input?: unknown; readonly __output?: unknown }>>
type InputAt<E> = E extends { readonly __input?: infer Input } ? Input : never
type OutputAt<E> = E extends { readonly __output?: infer Output } ? Wire<Output> : never

export interface CommandOptions<Output> {
  /** Words key of the note shown when it is done. */
  readonly done?: string
  /** Areas whose screens show something else now, beside the one in the path. */
  readonly touches?: readonly string[]
  readonly onDone?: (output: Output) => void
  /** The page shows the problem itself (a form does): no note. */
  readonly quiet?: boolean
}

export interface Running<Input, Output> {
  /** Does it; resolves to the answer, or to `undefined` when it was refused (`problem` says why). */
  readonly run: (input: Input) => Promise<Output | undefined>
  readonly isRunning: boolean
  readonly problem: ProblemError | null
  readonly forget: () => void
}

/**
 * A change that a person asks for on a page: `const pay = useCommand<typeof saleRoutes>()('POST /pos/sales/:saleId/completion', { done: 'sale.paid' })`.
 * Pressing again after the network failed sends the same key, so the same thing never happens twice.
 */
export const useCommand =
  <R extends RouteTable>() =>
  <K extends keyof R & string>(route: K, options: CommandOptions<OutputAt<R[K]>> = {}): Running<InputAt<R[K]>, OutputAt<R[K]>> =>
    // oxlint-disable-next-line react/rules-of-hooks
    useAction((input, key) => call<OutputAt<R[K]>>(route, input as Record<string, unknown>, { key }), {
      ...options,
      touches: [areaOf(route), ...(options.touches ?? [])],
    })

/** The same for any asynchronous action; `key` is the idempotency key of this attempt. */
export function useAction<Input, Output>(
  act: (input: Input, key: string) => Promise<Output>,
  options: CommandOptions<Output> = {},
): Running<Input, Output> {
  const t = useT()
  const pending = useRef<{ content: string; key: string } | null>(null)
  const mutation = useMutation<Output, ProblemError, Input>({
    mutationFn: (input) => {
      const content = JSON.stringify(input, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? ''
      if (pending.current?.content !== content) pending.current = { content, key: newId() }
      return act(input, pending.current.key)
    },
    onSuccess: (output) => {
      pending.current = null
      if (options.touches) void refresh(options.touches)
      if (options.done) notifications.show({ message: t(options.done) })
      options.onDone?.(output)
    },
    onError: (error) => {
      if (!isOffline(error)) pending.current = null
      if (!options.quiet) notifications.show({ message: problemText(t, error), color: 'red', autoClose: 8000 })
    },
  })
  return {
    run: (input) => mutation.mutateAsync(input).catch(() => undefined),
    isRunning: mutation.isPending,
    problem: mutation.error,
    forget: mutation.reset,
  }
}
