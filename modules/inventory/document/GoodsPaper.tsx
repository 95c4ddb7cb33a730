import { Button, Select, Textarea } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { markOfLanguage } from '#kit/decimal.ts'
import { newId } from '#kit/id.ts'
import { decimalsOf } from '#kit/money.ts'
import { useOwned } from '#kit/web/entity/custom.ts'
import { Finder } from '#kit/web/document/Finder.tsx'
import type { Refs } from '#kit/web/entity/entity.ts'
import { lacksOwn, OwnFields } from '#kit/web/form/OwnFields.tsx'
import { EmptyState, PageBody, PageHead, Panel } from '#kit/web/look/parts.tsx'
import { usePage } from '#kit/web/base/page.ts'
import { PostingForm } from '#kit/web/review/PostingForm.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { Quantity } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { AllGoods, linesOf } from './AllGoods.tsx'
import { stockDocument } from './document.ts'
import { GoodsHead, useStorages } from './GoodsHead.tsx'
import { GoodsReview } from './GoodsReview.tsx'
import { GoodsTable, GoodsTotal } from './GoodsTable.tsx'
import { draftOf, newPaper } from './goodsInput.tsx'
import { missingOf, type PaperKind } from './goods.rules.ts'
import { KeptProblem } from './KeptProblem.tsx'
import { NoStorage } from './NoStorage.tsx'
import { useGoods, type FoundGoods, type SavedPaper } from './useGoods.tsx'
import { useKept } from './useKept.tsx'
import { useShortages } from './useShortages.tsx'
import classes from './goods.module.css'

const ONE = 1_000_000n
/** Who may post a paper of each kind. */
export const RIGHTS: Record<PaperKind, string> = {
  receipt: 'inventory.stock.receive',
  adjustment: 'inventory.stock.adjust',
  transfer: 'inventory.stock.adjust',
}

/** A paper that moves goods, written by scanner or keyboard, kept for later or posted as a whole. */
export function GoodsPaper({ kind, opened, refs }: { kind: PaperKind; opened?: SavedPaper; refs?: Refs }) {
  const t = useT()
  const go = useGo()
  const { path } = usePage()
  const { currency, may } = useSession()
  const goods = useGoods(kind, opened)
  const entity = useOwned(stockDocument)
  const [id, setId] = useState(() => opened?.id ?? newId())
  const [reviewing, setReviewing] = useState<Readonly<Record<string, unknown>> | null>(null)
  const { draft } = goods
  const isDraft = opened !== undefined
  const kept = useKept(kind, goods, id)
  const storages = useStorages(draft, goods.change)
  const locations = storages?.map((row) => ({ value: row.id, label: `${row.name} · ${row.code}` })) ?? []
  const lines = draft.lines.filter((line) => line.quantity !== null)
  const shortages = useShortages(kind, draft.location, draft.lines)
  const missing =
    missingOf(kind, draft, decimalsOf(currency), markOfLanguage(t.locale)) ?? (lacksOwn(entity, draft.own) ? 'own' : null)
  const isRight = shortages.first === undefined && missing === null
  const mayPost = may(RIGHTS[kind])
  const review = async () => {
    if (!isRight || !mayPost) return
    if (!isDraft) return setReviewing(newPaper(kind, id, draftOf(kind, { ...draft, lines })))
    // What is posted is what is kept, and what is agreed to is what was looked at.
    const version = await kept.keep()
    if (version !== undefined) setReviewing({ id, ifMatch: version })
  }
  const keep = async () => {
    if ((await kept.keep()) === undefined) return
    goods.forget()
    go(`${stockDocument.path}/${id}`, { replace: isDraft })
  }
  const found = (one: FoundGoods, isScan: boolean) =>
    goods.add(linesOf(kind, one), isScan ? BigInt(one.scanned) : kind === 'adjustment' ? undefined : ONE)
  return (
    <PageBody>
      <PageHead title={t(`goods.${kind}`)} hint={t(isDraft ? 'goods.draftHint' : `goods.${kind}Hint`)} />
      <PostingForm onPost={() => void review()}>
        {kept.problem && <KeptProblem of={kept.problem} onTheirs={isDraft ? goods.forget : undefined} />}
        <Panel>
          <div className={classes.head}>
            <Select
              label={t(kind === 'transfer' ? 'goods.from' : 'field.location')}
              required
              allowDeselect={false}
              data={locations}
              value={draft.location}
              onChange={(location) => goods.change({ location })}
            />
            <GoodsHead kind={kind} draft={draft} change={goods.change} locations={locations} />
            <OwnFields
              entity={entity}
              values={draft.own}
              onChange={(name, value) => goods.change({ own: { ...draft.own, [name]: value } })}
              problem={kept.problem}
              refs={refs}
            />
          </div>
          {storages && <NoStorage back={path} known={storages.map((row) => row.place)} needsTwo={kind === 'transfer'} />}
        </Panel>
        {/* There from the beginning until it is known that there is none: what is scanned while it opens stays. */}
        {storages?.length !== 0 && (
          <Panel>
            <div className={classes.finder}>
              <Finder<FoundGoods>
                route="GET /inventory/goods"
                input={draft.location ? { location: draft.location } : null}
                onFound={found}
                hint={(one) => one.sku}
                end={(one) => <Quantity of={one.onHand} />}
              />
              <AllGoods kind={kind} goods={goods} />
            </div>
            {draft.lines.length === 0 ? (
              <EmptyState title={t('goods.empty')}>{t('goods.emptyHint')}</EmptyState>
            ) : (
              <GoodsTable kind={kind} goods={goods} shortages={shortages} />
            )}
          </Panel>
        )}
        <Panel>
          <Textarea
            label={t('field.note')}
            value={draft.note}
            maxLength={2000}
            autosize
            minRows={2}
            onChange={(event) => goods.change({ note: event.currentTarget.value })}
          />
        </Panel>
        <div className={classes.foot}>
          <GoodsTotal kind={kind} lines={draft.lines} short={shortages.first} missing={missing} />
          <span className={classes.acts}>
            {(isDraft ? goods.isDirty : draft.lines.length > 0) && (
              <Button variant="subtle" color="gray" onClick={goods.discard}>
                {t(isDraft ? 'goods.undo' : 'goods.discard')}
              </Button>
            )}
            {kept.may && (
              <Button
                variant="default"
                disabled={!kept.canKeep}
                loading={kept.isRunning && reviewing === null}
                onClick={() => void keep()}
              >
                {t('goods.keep')}
              </Button>
            )}
            {mayPost && (
              <Button type="submit" disabled={!isRight} leftSection={<IconCheck size={18} />}>
                {t('goods.review')}
              </Button>
            )}
          </span>
        </div>
      </PostingForm>
      {reviewing && (
        <GoodsReview
          kind={kind}
          isKept={isDraft}
          input={reviewing}
          onDone={(done) => {
            goods.forget()
            if (!isDraft) {
              goods.clear()
              setId(newId())
            }
            go(`${stockDocument.path}/${done}`, { replace: isDraft })
          }}
          onClose={() => setReviewing(null)}
        />
      )}
    </PageBody>
  )
}
