/** A table as a page shows it. Values are as JSON carries them: quantities in millionths, amounts in minor units, texts. */
export interface EffectTable {
  /** Words key. */
  readonly title: string
  readonly columns: readonly EffectColumn[]
  readonly rows: readonly (readonly unknown[])[]
  /** Below the columns that add up. */
  readonly sums?: readonly unknown[]
}
export interface EffectColumn {
  /** Words key. */
  readonly label: string
  readonly kind: 'text' | 'quantity' | 'money'
}

/** The answer to a review: what would come of it, in the order in which the command did it. */
export interface Reviewed {
  readonly review: true
  readonly effects: readonly EffectTable[]
  /** Kinds of agreement that a second person has to give. */
  readonly approvals: readonly string[]
}
