import type { Home } from '#kit/web/home/home.ts'
import { Recent } from '#kit/web/home/Recent.tsx'
import { party } from './party/party.ts'

export const home: Home = {
  cards: [
    {
      name: 'parties',
      can: 'parties.party.read',
      area: 'customers',
      roles: ['salesRep', 'marketer'],
      Show: () => <Recent of={party} columns={['kind', 'createdAt']} />,
    },
  ],
}
