/**
 * Something that a second person must agree to, named, before it is done. Declared beside the command that asks for it;
 * `approval.<name>` names it in words.
 */
export interface ApprovalKind {
  readonly name: string
  /** What the second person must hold, at the place that it is about. */
  readonly permission: string
  /** The second person must be an owner. */
  readonly byOwner?: boolean
  /** `always`: no setting turns it off. Otherwise a company turns it on, for amounts above a limit where `limit` says so. */
  readonly when: 'always' | 'whenOn' | 'aboveLimit'
  /** Above so much, in minor units, it is wanted from the start; a company says otherwise. */
  readonly limit?: string
  /** Facts that only those see who hold a permission, by their names: what things cost, for example. */
  readonly seenBy?: Readonly<Record<string, string>>
}

export const declaredApprovals = new Map<string, ApprovalKind>()

/** `approvalKind('ledger.reopen', { permission: 'ledger.period.close', when: 'whenOn' })` */
export function approvalKind(name: string, spec: Omit<ApprovalKind, 'name'>): ApprovalKind {
  const kind = { name, ...spec }
  declaredApprovals.set(name, kind)
  return kind
}

/** What is asked for: of what kinds, where, and what the second person should know. */
export interface ApprovalNeed {
  readonly kinds: readonly string[]
  readonly permissions: readonly string[]
  readonly byOwner: boolean
  readonly place: string | null
  /** Of which record, and which version of it: another one is another matter. */
  readonly bound?: string
  /** Under the names of fields: amounts in minor units, texts, lists of these. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** The facts as somebody with these rights sees them, whether they asked or are to decide: filtered as rows are. */
export const visibleFacts = (
  kinds: readonly string[],
  facts: Readonly<Record<string, unknown>>,
  holds: (permission: string) => boolean,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(facts).filter(([name]) =>
      kinds.every((kind) => {
        const permission = declaredApprovals.get(kind)?.seenBy?.[name]
        return permission === undefined || holds(permission)
      }),
    ),
  )
