import type { ComponentType } from 'react'
import type { Area, ShippedRole } from '../../program.ts'

/** A part of the page on which a day begins. */
export interface HomeCard {
  readonly name: string
  readonly can: string
  /** Where it also stands, for everybody who may see it. */
  readonly area: Area
  /** Whose day begins with it. Who holds several roles sees the cards of all. */
  readonly roles: readonly ShippedRole[] | 'everyone'
  /** Over the whole width. */
  readonly wide?: boolean
  /** Where it stands among the cards of all modules; 50 where it is left out. */
  readonly order?: number
  /** On a phone it comes first. */
  readonly isUrgent?: boolean
  /** What all cards are asked for, at the top of the page: a period. */
  readonly Asks?: ComponentType
  /** Leads on from the top of the page; its words are those of the page. */
  readonly leadsTo?: { readonly to: string; readonly words: string }
  /** Left out where it only leads on. */
  readonly Show?: ComponentType
}

/** Something that a new company does first; its words are `home.step.<name>` and `home.stepHint.<name>`. */
export interface FirstStep {
  readonly name: string
  readonly can: string
  /** Where it stands among the steps of all modules. */
  readonly order: number
  /** Where it is done: the first of these pages that there is. */
  readonly at: readonly string[]
  /** It is done when this list, asked so, has as many rows. */
  readonly done: readonly { readonly list: string; readonly least?: number }[]
}

/** What a module brings to the page on which a day begins (`modules/<m>/home.tsx`). */
export interface Home {
  readonly cards?: readonly HomeCard[]
  readonly steps?: readonly FirstStep[]
}
