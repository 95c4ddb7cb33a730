/** JSON of `pos.startTill`. */
export interface TillFacts {
  readonly till: {
    readonly id: string
    readonly name: string
    readonly code: string
    readonly place: string
    readonly placeName: string
  }
  readonly shift: { readonly id: string; readonly number: string } | null
  readonly methods: readonly {
    readonly id: string
    readonly name: string
    readonly kind: 'cash' | 'card' | 'mobile' | 'bank' | 'credit'
    readonly needsReference: boolean
  }[]
  readonly currency: string
  readonly pricesIncludeTax: boolean
  readonly discountLimit: number
}

export interface Category {
  readonly id: string
  readonly name: string
  readonly parent: string | null
}
