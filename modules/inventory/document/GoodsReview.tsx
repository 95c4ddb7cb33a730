import { useState } from 'react'
import { ActReview } from '#kit/web/review/ActReview.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { stockDocument } from './document.ts'
import type { PaperKind } from './goods.rules.ts'

/** The step by which each kind is posted. */
const STEPS: Record<PaperKind, string> = { receipt: 'receive', adjustment: 'post', transfer: 'post' }

interface ReviewProps {
  readonly kind: PaperKind
  /** A draft that is kept is posted where it lies; else it is written and posted in one. */
  readonly isKept: boolean
  /** What is posted. */
  readonly input: Readonly<Record<string, unknown>>
  readonly onDone: (id: string) => void
  readonly onClose: () => void
}

/** What a paper will do, before it does it: the goods, what lies there then, and where that stands in the books. */
export function GoodsReview({ kind, isKept, input: asked, onDone, onClose }: ReviewProps) {
  const t = useT()
  const [input] = useState(asked)
  return (
    <ActReview
      route={`POST ${stockDocument.path}${isKept ? '/:id' : ''}/${STEPS[kind]}`}
      input={input}
      title={t(`goods.${kind}`)}
      action={t(`goods.${kind}Post`)}
      touches={['inventory', 'catalog', 'accounts', 'ledger', 'board']}
      onDone={(done) => onDone(String(done['id']))}
      onClose={onClose}
    />
  )
}
