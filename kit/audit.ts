/** One link of the chain over the audit trail, as it is hashed and as it is exported. */
export interface Seal {
  readonly seq: string
  /** ISO 8601. */
  readonly at: string
  readonly entries: number
  /** Hexadecimal, like all hashes here. */
  readonly root: string
  readonly previous: string
  readonly hash: string
}

/** A link that was signed and went where the database's owner can't rewrite it. */
export interface Checkpoint {
  readonly seq: string
  readonly hash: string
  readonly at: string
  /** Ed25519 over `duka audit <seq> <hash> <at>`, base64. */
  readonly signature: string
}

/** What comes before the first link. */
export const GENESIS = '0'.repeat(64)

export const sealText = ({ seq, at, entries, root, previous }: Omit<Seal, 'hash'>): string =>
  `${seq} ${at} ${entries} ${root} ${previous}`
export const checkpointText = ({ seq, hash, at }: Omit<Checkpoint, 'signature'>): string => `duka audit ${seq} ${hash} ${at}`
