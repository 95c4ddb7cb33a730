import type { Home } from '#kit/web/home/home.ts'
import { TodayInShort } from './board/TodayInShort.tsx'
import { HomeFigures } from './day/HomeFigures.tsx'
import { Movers } from './day/Movers.tsx'
import { PeriodChoice } from './day/PeriodChoice.tsx'
import { Trend } from './day/Trend.tsx'

/** Whose day begins with figures of weeks, not only with those of today. */
const figured = ['owner', 'administrator', 'manager', 'accountant'] as const

export const home: Home = {
  cards: [
    {
      name: 'today',
      can: 'analytics.board.read',
      area: 'company',
      roles: ['callManager', 'deliveryManager', 'marketer', 'productionManager', 'viewer'],
      wide: true,
      leadsTo: { to: '/board', words: 'page.board' },
      Show: TodayInShort,
    },
    {
      name: 'figures',
      can: 'analytics.report.read',
      area: 'money',
      roles: figured,
      wide: true,
      order: 0,
      Asks: PeriodChoice,
      leadsTo: { to: '/reports', words: 'page.reports' },
      Show: HomeFigures,
    },
    {
      name: 'trend',
      can: 'analytics.report.read',
      area: 'company',
      roles: figured,
      order: 30,
      leadsTo: { to: '/board', words: 'page.board' },
      Show: Trend,
    },
    { name: 'movers', can: 'analytics.report.read', area: 'company', roles: figured, order: 40, Show: Movers },
  ],
}
