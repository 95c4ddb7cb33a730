import type { Cases } from '#test/cases.ts'
import { reportNames } from './report/report.ts'

const YEAR = { from: '2026-01-01', to: '2026-12-31' }

export const cases: Cases = {
  appendOnly: ['analytics_report_mailing'],
  async placed({ world, run }) {
    const plan = { name: 'Daily', report: 'salesByDay', receivers: [world.owner] }
    const { id } = (await run('analytics.reportPlan.create', world.ctx(), plan)) as { id: string }
    return [
      ['analytics.showBoard', (place) => ({ place })],
      ['analytics.showReport', (place) => ({ name: 'salesByDay', ...YEAR, place })],
      ['analytics.exportReport', (place) => ({ name: 'salesByDay', ...YEAR, place, format: 'csv' })],
      ['analytics.reportPlan.create', (place) => ({ ...plan, place })],
      ['analytics.reportPlan.change', (place) => ({ id, changes: { place } })],
      ['analytics.showStanding', (place) => ({ place })],
      ['analytics.showMovers', (place) => ({ ...YEAR, place })],
    ]
  },
  refusals: ['analytics.reportPlan.notReaders'],
  beside: {
    'analytics.showReport': { name: 'salesByCashier', from: '2025-01-01', to: '2029-12-31' },
    'analytics.exportReport': { name: 'salesByCashier', from: '2025-01-01', to: '2029-12-31' },
    'analytics.showMovers': { from: '2025-01-01', to: '2029-12-31' },
  },
  pages: ['/board', '/reports', ...reportNames.map((name) => `/reports/${name}?compare=before`)],
  judged: { 'analytics.reportPlan': 'whoever makes a plan may read that report there: modules/analytics/plan' },
}
