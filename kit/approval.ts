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
  /** Under the names of fields: amounts in minor units, texts, lists of these. */
  readonly facts: Readonly<Record<string, unknown>>
}
