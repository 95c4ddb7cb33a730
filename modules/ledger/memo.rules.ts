import { declaredDocumentKinds } from '#kit/document-kind.ts'
import type { Translate } from '#kit/words.ts'

/** What an entry is for, in the reader's words where the program gave its reason; what somebody wrote stays as it is. */
export function memoText(t: Translate, { documentKind, memo }: { documentKind: string; memo: string | null }): string | null {
  const reason = `${declaredDocumentKinds.get(documentKind)?.reasons}.${memo}`
  return memo && t.has(reason) ? t(reason) : memo
}
