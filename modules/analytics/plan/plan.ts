import { entity, hour, instant, oneOf, optional, readonly, ref, text, texts, uid } from '#kit/entity.ts'
import { machine } from '#kit/machine.ts'
import { noticeKind } from '#kit/notice.ts'
import { problems } from '#kit/problem.ts'
import { comparisons, reportNames } from '../report/report.ts'

export const PLAN = 'analytics.plan.edit'

/** Mailed by the clock until somebody ends it; while it is paused its times pass by. */
export const planLife = machine('active', {
  pause: { from: ['active'], to: 'paused', can: PLAN },
  resume: { from: ['paused'], to: 'active', can: PLAN },
  end: { from: ['active', 'paused'], to: 'ended', can: PLAN },
})

export const periods = ['yesterday', 'lastWeek', 'lastMonth', 'thisMonth'] as const
export type PlanPeriod = (typeof periods)[number]
export const frequencies = ['daily', 'weekly', 'monthly'] as const
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** A report that goes by mail to some people of the company at its times, to each what that person may see. */
export const reportPlan = entity('analytics_report_plan', {
  name: 'analytics.reportPlan',
  path: '/report-plans',
  fields: {
    id: readonly(uid()),
    name: text({ max: 100 }),
    report: oneOf(reportNames),
    period: { ...oneOf(periods), initial: 'yesterday' },
    compare: { ...oneOf(comparisons), initial: 'none' },
    place: optional(ref('place')),
    frequency: { ...oneOf(frequencies), initial: 'daily' },
    weekday: optional(oneOf(weekdays)),
    hour: { ...hour(), initial: 7 },
    attached: { ...oneOf(['pdf', 'xlsx', 'both']), initial: 'pdf' },
    /** People, by id. */
    receivers: texts({ max: 50, each: 36 }),
    state: readonly(oneOf(planLife.states)),
    createdBy: readonly(ref('access_user')),
    createdAt: readonly(instant()),
    nextAt: readonly(instant()),
    lastAt: readonly(optional(instant())),
    lastResult: readonly(optional(oneOf(['sent', 'partly', 'failed']))),
  },
  can: { read: PLAN, write: PLAN },
  list: ['name', 'report', 'frequency', 'hour', 'state', 'nextAt', 'lastResult'],
  sort: ['name', '-createdAt', 'nextAt'],
  filters: ['state', 'report', 'place'],
  search: ['name'],
  title: 'name',
  scope: { own: 'createdBy' },
  life: planLife,
  changeableIn: ['active', 'paused'],
})

/** Somebody who gets a report may not see it any more, so it did not go to them. */
export const planMissed = noticeKind('analytics.planMissed')
/** Nobody of those who should get it may see it. */
export const planFailed = noticeKind('analytics.planFailed')

/** Whoever made it has left, so that nobody answers for it any more: it rests until somebody goes on with it as theirs. */
export const planStopped = noticeKind('analytics.planStopped')

export const PlanProblem = problems('analytics.reportPlan', {
  noWeekday: { status: 422, say: 'Choose the day of the week on which it is sent.' },
  notReaders: { status: 422, say: 'Choose people who may see and export this report. {names} may not.' },
  unknown: { status: 422, say: 'Choose people who work here now.' },
  tooMany: { status: 409, say: 'There are {most} reports by mail already. End one of them first.' },
  tooOften: { status: 429, say: 'Reports are sent by hand {most} times an hour at most. Try again later.' },
  nobody: { status: 409, say: 'None of those who should get it may see this report. Choose other people.' },
})
