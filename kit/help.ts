/** A short guide: which pages it is about, and where its steps lead. Its words stand in `modules/<m>/help/<language>.json`. */
export interface HelpTopic {
  readonly name: string
  /** Pages of the site map from which it is offered; whoever may see none of them does not need it. */
  readonly pages: readonly string[]
  /** By step, the page on which it is done; `null` for one that has none of its own. */
  readonly leads: readonly (string | null)[]
}

/** What a guide says, in one language. */
export interface HelpText {
  readonly title: string
  /** Other words that people look for it by. */
  readonly also: string
  readonly steps: readonly string[]
}

/** Is this address one of a page of the site map? `/pos/sales/$id` has any key in place of `$id`. */
export function isAt(page: string, address: string): boolean {
  const [wanted, given] = [page.split('/'), address.split('/')]
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('$') || part === given[at])
}
