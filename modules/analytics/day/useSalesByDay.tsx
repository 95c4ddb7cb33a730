import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import type { Span } from '#kit/web/list/Span.tsx'
import type { reportRoutes } from '../report/report.routes.ts'

/** Sales day by day against as many days before; cards that ask for the same days share one answer. */
export const useSalesByDay = (span: Span) =>
  useQuery({
    ...api<typeof reportRoutes>('pos')('GET /reports/:name', { name: 'salesByDay', ...span, compare: 'before' }),
    placeholderData: keepPreviousData,
  })
