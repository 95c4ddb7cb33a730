import { decimalsOf } from '#kit/money.ts'
import { markOfLanguage } from '#kit/decimal.ts'
import { useAction } from '#kit/web/base/command.tsx'
import { useOwned } from '#kit/web/entity/custom.ts'
import { lacksOwn } from '#kit/web/form/OwnFields.tsx'
import { request } from '#kit/web/base/request.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { stockDocument } from './document.ts'
import { draftOf, keptPaper, newPaper, type Kept } from './goodsInput.tsx'
import { isKeepable, type PaperKind } from './goods.rules.ts'
import type { Goods, SavedPaper } from './useGoods.tsx'

/** Keeps a paper on the server, where others go on with it. Answers with its version there. */
export function useKept(kind: PaperKind, goods: Goods, id: string) {
  const t = useT()
  const { currency, may } = useSession()
  const { draft, saved } = goods
  const entity = useOwned(stockDocument)
  const action = useAction(
    async (input: ReturnType<typeof draftOf>, key) => {
      if (saved && !goods.isDirty) return saved.version
      const at = `${stockDocument.path}/${id}`
      if (saved) await request('PATCH', at, changesOf(saved, kind, input), { key, ifMatch: goods.since })
      else await request('POST', stockDocument.path, newPaper(kind, id, input), { key })
      const { row, lines } = await request<Kept>('GET', at)
      goods.settle(keptPaper(row, lines))
      return row.version
    },
    { quiet: true, touches: ['inventory'] },
  )
  const isReadable = isKeepable(kind, draft, decimalsOf(currency), markOfLanguage(t.locale))
  return {
    may: may('inventory.document.write'),
    canKeep: isReadable && !lacksOwn(entity, draft.own) && (saved ? goods.isDirty : !goods.isEmpty),
    isRunning: action.isRunning,
    problem: action.problem,
    forget: action.forget,
    keep: () => action.run(draftOf(kind, draft)),
  }
}

/** Only what is other than what was saved, so that what somebody else changed meanwhile stays. */
function changesOf(saved: SavedPaper, kind: PaperKind, input: ReturnType<typeof draftOf>) {
  const before: Readonly<Record<string, unknown>> = draftOf(kind, saved.draft)
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])),
  )
}
