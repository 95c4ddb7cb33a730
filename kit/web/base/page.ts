import { createContext, use, type ComponentType } from 'react'
import type { Entity } from '../../entity.ts'
import type { Area, SettingsGroup, ShippedRole } from '../../program.ts'
import type { Translate } from '../../words.ts'

export type PageIcon = ComponentType<{ size?: number | string; stroke?: number | string }>

export interface PageFacts {
  /** Words key of the title. */
  readonly title?: string
  /** The permission, or `public` (no sign-in) or `signedIn`. */
  readonly can: string
  /** Shown in the menus of these areas to those who may. Pages with a parameter in the path can't be. */
  readonly menu?: Area | readonly Area[]
  /** Shown on the page of settings, under this heading, to those who may. */
  readonly settings?: SettingsGroup
  readonly icon?: PageIcon
  /** Stands below the others of a menu: it looks back on what they do. */
  readonly last?: boolean
  /** The page that leads here, where the address does not say it: the way up, and the place in the menu. */
  readonly under?: string
  /** Whoever holds none but these roles is led here when they sign in: their work is this page. */
  readonly lands?: readonly ShippedRole[]
  /** One of the four places at the bottom of a phone. */
  readonly bar?: boolean
  /** Without the shell around it: sign-in, a till at full screen. */
  readonly bare?: boolean
}

export type Load = () => Promise<{ default: ComponentType }>

/** A page of the site map. */
export interface PageDeclaration extends PageFacts {
  readonly path: string
  readonly load: Load
  readonly entity?: Entity
}

/** What a page is called: its own title, or what its entity is called. */
export function pageTitle(t: Translate, of: Pick<PageDeclaration, 'title' | 'entity' | 'path'>): string {
  if (of.title) return t(of.title)
  if (!of.entity) return ''
  return of.path === of.entity.path ? t.of('entities', of.entity.name) : t.of('entity', of.entity.name)
}

const keyOf = (of: Pick<PageDeclaration, 'title' | 'entity'>): string => of.title ?? of.entity?.name ?? ''

/** Other words that people look for it by. */
export const alsoOf = (t: Translate, of: Pick<PageDeclaration, 'title' | 'entity'>): string => ifSaid(t, `also.${keyOf(of)}`)

/** What is found there, in a line; said of settings. */
export const aboutOf = (t: Translate, of: Pick<PageDeclaration, 'title' | 'entity'>): string => ifSaid(t, `about.${keyOf(of)}`)

const ifSaid = (t: Translate, key: string): string => (t.has(key) ? t(key) : '')

export const PageContext = createContext<PageDeclaration | null>(null)
/** The declaration of the page that is shown. */
export function usePage(): PageDeclaration {
  const found = use(PageContext)
  if (!found) throw new Error('usePage is for pages of the site map')
  return found
}

/** Is there a page at this path of the site map (`/catalog/products/new`, `/catalog/products/$id`)? Buttons lead nowhere else. */
export const useHasPage = (path: string): boolean => usePages().some((one) => one.path === path)

/** The pages that are known by now, as the manifests of the modules have them; the menu and the palette read it. */
export const PagesContext = createContext<readonly PageDeclaration[]>([])
export const usePages = (): readonly PageDeclaration[] => use(PagesContext)
