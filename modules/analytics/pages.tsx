import { IconChartBar, IconMailShare, IconReportAnalytics } from '@tabler/icons-react'
import type { PageDeclaration } from '#kit/web/base/page.ts'
import { entityPages, page } from '#kit/web/pages/site.ts'
import { reportPlan } from './plan/plan.ts'
import { reportNames } from './report/report.ts'

/** Its part of the site map: one line a page, in the order of the menu. An entity without a page of its own gets the generated ones. */
export const pages: readonly PageDeclaration[] = [
  page('/board', () => import('./board/board.page.tsx'), {
    title: 'page.board',
    can: 'analytics.board.read',
    menu: ['company', 'counter', 'money'],
    icon: IconChartBar,
    bar: true,
  }),
  page('/reports', () => import('./report/reports.page.tsx'), {
    title: 'page.reports',
    can: 'analytics.report.read',
    menu: ['counter', 'warehouse', 'money', 'company'],
    icon: IconReportAnalytics,
    last: true,
  }),
  // Each has its own line, so that it is found by its name.
  ...entityPages(reportPlan, {
    menu: 'company',
    icon: IconMailShare,
    form: () => import('./plan/plan-form.page.tsx'),
    detail: () => import('./plan/plan.page.tsx'),
  }),
  ...reportNames.map((name) =>
    page(`/reports/${name}`, () => import('./report/report.page.tsx'), {
      title: `report.${name}`,
      can: 'analytics.report.read',
      icon: IconReportAnalytics,
    }),
  ),
]
