import type { Home } from '#kit/web/home/home.ts'
import { LatestTrail } from './audit/LatestTrail.tsx'

export const home: Home = {
  cards: [{ name: 'trail', can: 'access.audit.read', area: 'company', roles: ['auditor'], wide: true, Show: LatestTrail }],
}
