import { IconAdjustments, IconBox, IconBuildingStore, IconChartLine, IconCoins, IconTag, IconUsers } from '@tabler/icons-react'
import { menuAreas, type MenuArea, type PageDeclaration, type PageIcon } from '#kit/web/page.ts'
import type { Session } from '#kit/web/session.tsx'

export const areaIcons: Readonly<Record<MenuArea, PageIcon>> = {
  sell: IconBuildingStore,
  stock: IconBox,
  catalogue: IconTag,
  people: IconUsers,
  money: IconCoins,
  insight: IconChartLine,
  settings: IconAdjustments,
}

export interface MenuGroup {
  readonly area: MenuArea
  readonly pages: readonly PageDeclaration[]
}

/** What this person's menu holds: the declared pages that they may see, by area. */
export const menuOf = (pages: readonly PageDeclaration[], may: Session['may']): MenuGroup[] =>
  menuAreas
    .map((area) => ({ area, pages: pages.filter((page) => page.menu === area && may(page.can) && isOfUse(page, may)) }))
    .filter((group) => group.pages.length > 0)

/** Settings are in the way of people who only work with them; whoever changes one, or may see how the company is set up, finds them. */
const isOfUse = (page: PageDeclaration, may: Session['may']): boolean => {
  const write = page.entity?.can.write
  return page.menu !== 'settings' || may('setup.company.read') || (write !== undefined && may(write))
}

/** Four places at the bottom of a phone: those declared for it, then the first of each area. */
export function barOf(groups: readonly MenuGroup[]): PageDeclaration[] {
  const all = groups.flatMap((group) => group.pages)
  const firsts = groups.map((group) => group.pages[0]!)
  return [...new Set([...all.filter((page) => page.bar), ...firsts, ...all])].slice(0, 4)
}

/** Is the page, or one below it, where we are? The longest matching path wins. */
export function isHere(page: PageDeclaration, pathname: string, all: readonly PageDeclaration[]): boolean {
  const covers = (path: string) => (path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`))
  if (!covers(page.path)) return false
  return !all.some((other) => other !== page && other.path.length > page.path.length && covers(other.path))
}
