import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
  type AnyRoute,
} from '@tanstack/react-router'
import { PageContext, type PageDeclaration } from '#kit/web/base/page.ts'
import { PageSkeleton } from '#kit/web/look/parts.tsx'
import { queryClient } from '#kit/web/base/query.ts'
import { mayDo, sessionQuery } from '#kit/web/session/session.tsx'
import { toQuery } from '#kit/web/base/request.ts'
import type { Search } from '#kit/web/base/url.tsx'
import { HelpBeside } from './help/HelpBeside.tsx'
import { Failure } from './shell/Failure.tsx'
import { NotFound } from './shell/NotFound.tsx'
import { framedPages } from './site.ts'

/**
 * The router of the site map: pages inside the shell, bare ones without it. Those inside are fetched with the shell, when the
 * first of them is asked for; `onPages` hears of it. Values in the address are plain text.
 */
export function makeRouter(bare: readonly PageDeclaration[], onPages: (all: readonly PageDeclaration[]) => void) {
  const waiting = createRootRoute({ notFoundComponent: NotFound })
  const others = createRoute({
    getParentRoute: () => waiting,
    path: '$',
    async beforeLoad({ location }) {
      const pages = await framedPages()
      router.update({ ...router.options, routeTree: treeOf(pages, bare) as never })
      // A menu begins with the till.
      onPages([...bare, ...pages])
      throw redirect({ href: location.href, replace: true })
    },
  })
  const router = createRouter({
    routeTree: waiting.addChildren([...bare.map((page) => routeOf(page, waiting)), others]) as AnyRoute,
    defaultPreload: 'intent',
    defaultPreloadDelay: 60,
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 120,
    defaultPendingMinMs: 0,
    defaultErrorComponent: Failure,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => toQuery(search as Record<string, unknown>),
  })
  return router
}

function treeOf(framed: readonly PageDeclaration[], bare: readonly PageDeclaration[]): AnyRoute {
  const root = createRootRoute({ notFoundComponent: NotFound })
  // A till has no shell around it, and fetches none.
  const component = lazyRouteComponent(() => import('./shell/Shell.tsx'), 'Shell')
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component })
  const inside = framed.map((page) => routeOf(page, shell))
  // It was there while they were fetched, and still is on the screen when they come; now it is what nothing else is.
  const nowhere = createRoute({
    getParentRoute: () => root,
    path: '$',
    beforeLoad() {
      throw notFound()
    },
  })
  return root.addChildren([shell.addChildren(inside), ...bare.map((page) => routeOf(page, root)), nowhere]) as AnyRoute
}

function routeOf(page: PageDeclaration, parent: AnyRoute): AnyRoute {
  return createRoute({
    getParentRoute: () => parent,
    path: page.path,
    validateSearch: (search: Record<string, unknown>) => search as Search,
    beforeLoad: ({ location }) => guard(page, location.href),
    component: lazyRouteComponent(async () => {
      const { default: Page } = await page.load()
      return {
        default: () => (
          <PageContext value={page}>
            <Page />
            {page.bare && <HelpBeside />}
          </PageContext>
        ),
      }
    }),
  })
}

/** Who may not see a page is told the same as for one that does not exist. */
async function guard(page: PageDeclaration, href: string): Promise<void> {
  const session = await queryClient.ensureQueryData(sessionQuery)
  if (!session.setUp && page.path !== '/setup') throw redirect({ to: '/setup' as string })
  if (session.setUp && page.path === '/setup') throw redirect({ to: '/' as string })
  if (page.can === 'public') return
  if (!session.user) throw redirect({ to: '/sign-in' as string, search: (href === '/' ? {} : { to: href }) as never })
  if (!mayDo(session, page.can)) throw notFound()
}
