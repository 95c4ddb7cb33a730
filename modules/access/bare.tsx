import type { PageDeclaration } from '#kit/web/base/page.ts'
import { page } from '#kit/web/pages/site.ts'

/** Pages without the frame around them. */
export const pages: readonly PageDeclaration[] = [
  page('/sign-in', () => import('./sign-in.page.tsx'), { title: 'page.signIn', can: 'public', bare: true }),
  page('/sign-in/return', () => import('./front-door/return.page.tsx'), {
    title: 'page.signIn',
    can: 'public',
    bare: true,
  }),
  page('/register', () => import('./register.page.tsx'), { title: 'register.title', can: 'public', bare: true }),
  page('/reset', () => import('./reset.page.tsx'), { title: 'reset.title', can: 'public', bare: true }),
  page('/reset/:token', () => import('./reset-link.page.tsx'), { title: 'reset.title', can: 'public', bare: true }),
  page('/setup', () => import('./setup.page.tsx'), { title: 'page.setup', can: 'public', bare: true }),
  page('/invitation/:token', () => import('./invitation.page.tsx'), {
    title: 'page.invitation',
    can: 'public',
    bare: true,
  }),
  page('/connect', () => import('./machine/connect.page.tsx'), {
    title: 'page.connect',
    can: 'signedIn',
    bare: true,
  }),
]
