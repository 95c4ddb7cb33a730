import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Area } from '#kit/program.ts'
import { usePages, type PageDeclaration, type PageIcon } from '#kit/web/base/page.ts'
import type { Session } from '#kit/web/session/session.tsx'
import { areas } from '../areas.ts'

/** The menu of one area. */
export interface MenuGroup {
  readonly area: Area
  readonly icon: PageIcon
  readonly home: string
  readonly pages: readonly PageDeclaration[]
}

type May = Session['may']

const SETTINGS = '/settings'
const areasOf = ({ menu }: PageDeclaration): readonly Area[] =>
  menu === undefined ? [] : typeof menu === 'string' ? [menu] : menu

/** Settings are in the way of people who only work with them; whoever changes one, or may see how the company is set up, finds them. */
export const settingsOf = (pages: readonly PageDeclaration[], may: May): PageDeclaration[] =>
  pages.filter(({ settings, can, entity }) => {
    const write = entity?.can.write
    return (
      settings &&
      may(can) &&
      (may('setup.company.read') || (write !== undefined && may(write)) || (!entity && can !== 'signedIn'))
    )
  })

/**
 * What this person's menu holds: the areas that the company uses, with the pages that they may see. A page that also stands
 * elsewhere, or is for everybody, does not alone make an area.
 */
export function menuOf(pages: readonly PageDeclaration[], { may, company, user }: Session): MenuGroup[] {
  const hasSettings = settingsOf(pages, may).length > 0
  const seen = pages.filter((page) => may(page.can) && (page.path !== SETTINGS || hasSettings))
  const begin = beginOf(user?.roles ?? [])
  const groups = areas
    .filter(({ name }) => !company?.areasOff?.some((one) => one === name))
    .map(({ name, icon }) => ({ area: name, icon, pages: seen.filter((page) => areasOf(page).includes(name)) }))
    .filter(({ area, pages: own }) => own.some((page) => areasOf(page)[0] === area && page.can !== 'signedIn'))
  const first = groups.find(({ area }) => begin.includes(area)) ?? groups[0]
  const settings = seen.find((page) => page.path === SETTINGS)
  const host = groups.find((group) => settings && group.pages.includes(settings)) ?? first
  return groups.map((group) => ({
    ...group,
    home: group === first ? '/' : `/home/${group.area}`,
    // Settings stand last; with whoever has no area where they belong, in the one that they begin in.
    pages: [
      ...group.pages.filter((page) => page !== settings && !page.last),
      ...group.pages.filter((page) => page.last),
      ...(settings && group === host ? [settings] : []),
    ],
  }))
}

const beginOf = (roles: readonly string[]): Area[] =>
  areas.filter(({ begins }) => begins.some((role) => roles.includes(role))).map(({ name }) => name)

const covers = (path: string, pathname: string) =>
  path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`)

/** The page of the menu that we are on or below: the longest path wins. A page of settings stands below the settings. */
export function hereOf(pages: readonly PageDeclaration[], pathname: string): PageDeclaration | undefined {
  const at = pages.find((page) => page.path === pathname)?.under ?? pathname
  const found = pages
    .filter((page) => (page.menu || page.settings) && covers(page.path, at))
    .reduce<PageDeclaration | undefined>((best, page) => (best && best.path.length >= page.path.length ? best : page), undefined)
  return found?.settings ? pages.find((page) => page.path === SETTINGS) : found
}

const KEPT = 'duka.area'

/** The area that we are in, and the page of its menu. A page that stands in several areas leaves us in the one where we were. */
export function useHere(groups: readonly MenuGroup[]): { group: MenuGroup | undefined; page: PageDeclaration | undefined } {
  const { pathname } = useLocation()
  const page = hereOf(usePages(), pathname)
  const kept = localStorage.getItem(KEPT)
  const at = groups.filter((group) => group.home === pathname || (page && group.pages.includes(page)))
  const group =
    at.find((one) => one.area === kept) ??
    at[0] ??
    groups.find((one) => one.area === kept) ??
    groups.find((one) => one.home === '/')
  useEffect(() => {
    if (group) localStorage.setItem(KEPT, group.area)
  }, [group])
  return { group, page }
}

const USED = 'duka.used'
type Uses = Readonly<Record<string, number>>
const readUses = (): Uses => {
  try {
    return JSON.parse(localStorage.getItem(USED) ?? '{}') as Uses
  } catch {
    return {}
  }
}
// What the bar of a phone shows stays as it is until the program is opened again: nothing moves under the thumb.
const usedBefore = readUses()

/** Counts how often a page of the menu is opened on this device. */
export function useCountedUse(page: PageDeclaration | undefined): void {
  useEffect(() => {
    if (!page) return
    const uses = readUses()
    localStorage.setItem(USED, JSON.stringify({ ...uses, [page.path]: Math.min((uses[page.path] ?? 0) + 1, 9999) }))
  }, [page])
}

/** Opened so often, a page is one that somebody works with. */
const OFTEN = 5

/** Four places at the bottom of a phone: what this person opens most, those declared for it, the first of each area. */
export function barOf(groups: readonly MenuGroup[], uses: Uses = usedBefore): PageDeclaration[] {
  const all = [...new Set(groups.flatMap((group) => group.pages))]
  const most = all.filter((page) => (uses[page.path] ?? 0) >= OFTEN).toSorted((one, other) => uses[other.path]! - uses[one.path]!)
  const firsts = groups.map((group) => group.pages[0]!)
  const chosen = new Set([...new Set([...most, ...all.filter((page) => page.bar), ...firsts, ...all])].slice(0, 4))
  return all.filter((page) => chosen.has(page))
}
