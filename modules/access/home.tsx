import type { Home } from '#kit/web/home/home.ts'

export const home: Home = {
  steps: [
    {
      name: 'people',
      can: 'access.user.edit',
      order: 4,
      at: ['/users/invite'],
      done: [{ list: '/users?limit=2', least: 2 }, { list: '/invitations' }],
    },
  ],
}
