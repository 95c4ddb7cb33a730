import { seededName, type Translate } from '#kit/words.ts'

/** JSON of `pos.startTill`. */
export interface TillFacts {
  readonly till: {
    readonly id: string
    readonly name: string
    readonly code: string
    readonly place: string
    readonly placeName: string
  }
  readonly shift: {
    readonly id: string
    readonly number: string
    readonly openedAt: string
    readonly businessDay: string
    /** In whose care it is. */
    readonly heldBy: string
    readonly heldByName: string
  } | null
  /** How many baskets wait in the store; it is told anew whenever one is parked or taken up. */
  readonly parked: number
  readonly methods: readonly {
    readonly id: string
    readonly name: string
    readonly kind: 'cash' | 'card' | 'mobile' | 'bank' | 'credit'
    readonly needsReference: boolean
    /** The key of its name as long as it is the one that the company began with. */
    readonly seed: string | null
  }[]
  readonly currency: string
  readonly pricesIncludeTax: boolean
  readonly discountLimit: number
  /** Is there a mail server that a receipt could leave by? */
  readonly canMail: boolean
  /** Is there a gateway that an SMS could leave by? */
  readonly canText: boolean
}

export interface Category {
  readonly id: string
  readonly name: string
  readonly parent: string | null
}

/** What a way to pay is called: in the reader's language as long as nobody has given it another name. */
export const methodName = (t: Translate, method: { readonly name: string; readonly seed?: string | null }): string =>
  seededName(t, method)
