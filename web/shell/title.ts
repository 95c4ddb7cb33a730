import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { pageTitle, usePages, type PageDeclaration } from '#kit/web/base/page.ts'
import { useCurrentCrumb } from '#kit/web/base/crumb.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'

const matches = (pattern: string, pathname: string) => {
  const [want, have] = [pattern.split('/'), pathname.split('/')]
  return want.length === have.length && want.every((part, index) => part.startsWith('$') || part === have[index])
}
/** The declared page of an address; one without a parameter wins over one with. */
export const pageAt = (pages: readonly PageDeclaration[], pathname: string): PageDeclaration | undefined =>
  pages.find((page) => page.path === pathname) ?? pages.find((page) => matches(page.path, pathname))

export interface Crumb {
  readonly label: string
  readonly to?: string
}

/** Where we are: the area, the list, the record. Links lead up. */
export function useCrumbs(): Crumb[] {
  const t = useT()
  const pages = usePages()
  const record = useCurrentCrumb()
  const { pathname } = useLocation()
  const parts = pathname.split('/').filter(Boolean)
  const crumbs: Crumb[] = []
  for (let depth = 1; depth <= parts.length; depth++) {
    const path = `/${parts.slice(0, depth).join('/')}`
    const page = pageAt(pages, path)
    if (!page) continue
    const label = labelOf(page, record)
    if (label) crumbs.push({ label, to: path })
  }
  const under = pages.find((page) => page.path === (pageAt(pages, pathname)?.under ?? importedTo(pages, pathname)))
  if (under) crumbs.unshift({ label: pageTitle(t, under), to: under.path })
  // Settings stand where their things do; the way up leads to the page that lists them.
  const first = pageAt(pages, crumbs[0]?.to ?? '')
  if (first?.settings && !pathname.startsWith('/settings')) crumbs.unshift({ label: t('page.settings'), to: '/settings' })
  return crumbs.map((crumb, index) => (index === crumbs.length - 1 ? { label: crumb.label } : crumb))

  function labelOf(page: PageDeclaration, known: string | undefined): string {
    if (page.path === '/home/$area') return t(`menu.${parts.at(-1)}`)
    if (page.path.endsWith('/new') && !page.title) return t('shell.new')
    if (page.path.endsWith('/edit') && !page.title) return t('common.edit')
    if (page.path.includes('$'))
      return page.path.split('/').at(-1)?.startsWith('$') ? (known ?? pageTitle(t, page)) : pageTitle(t, page)
    return pageTitle(t, page)
  }
}

/** A file is brought in from the list of what it holds: that is the way back. */
const importedTo = (pages: readonly PageDeclaration[], pathname: string): string | undefined => {
  const [, first, kind] = pathname.split('/')
  return first === 'import' ? pages.find(({ entity, path }) => entity?.name === kind && path === entity?.path)?.path : undefined
}

/** The title of the window follows the page. */
export function useTitle(): void {
  const { company } = useSession()
  const crumbs = useCrumbs()
  const title = [
    ...crumbs
      .map((crumb) => crumb.label)
      .toReversed()
      .slice(0, 2),
    company?.name ?? 'Duka',
  ].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
