import { RATE_ONE } from '#kit/money.ts'
import type { Refs, WireRow } from '#kit/web/entity/entity.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { useT } from '#kit/web/base/words.tsx'
import { stepOf, type PromotionKind } from '../rule/rule.rules.ts'

interface SentenceProps {
  readonly row: WireRow
  readonly lines: readonly Readonly<Record<string, unknown>>[]
  readonly refs: Refs
}

/** What a promotion does, in one sentence. */
export function Sentence({ row, lines, refs }: SentenceProps) {
  const t = useT()
  const format = useFormat()
  const kind = row['kind'] as PromotionKind
  const share = row['rate'] ? format.rate(String(row['rate'])) : ''
  const amount = row['amount'] ? format.money(String(row['amount'])) : ''
  const named = (role: string): string => {
    const names = lines
      .filter((line) => line['role'] === role)
      .map((line) => {
        const name = refs[String(line['category'] ?? line['product'] ?? line['variant'])] ?? ''
        return kind === 'bundle' ? t('promotion.counted', { count: format.number(Number(line['count'])), name }) : name
      })
    return names.length === 0 ? t('promotion.everything') : new Intl.ListFormat(t.locale).format(names)
  }
  const what = named('buy')
  const counts = { buys: format.number(Number(row['buys'])), gives: format.number(Number(row['gives'])) }
  const isEach = stepOf({ kind, isByCoupon: row['coupons'] !== 'none', targets: lines as never }) === 'article'
  switch (kind) {
    case 'percentage':
      return t('promotion.says.percentage', { share, what })
    case 'amount':
      return t(isEach ? 'promotion.says.amountEach' : 'promotion.says.amount', { amount, what })
    case 'fixedPrice':
      return t('promotion.says.fixedPrice', { amount, what })
    case 'buyGet': {
      const isFree = BigInt(String(row['rate'] ?? 0)) === RATE_ONE
      const facts = { ...counts, share, what }
      if (!lines.some((line) => line['role'] === 'get'))
        return t(isFree ? 'promotion.says.buyGet' : 'promotion.says.buyGetFor', facts)
      return t(isFree ? 'promotion.says.buyOther' : 'promotion.says.buyOtherFor', { ...facts, gift: named('get') })
    }
    case 'anyFor':
      return t('promotion.says.anyFor', { ...counts, amount, what })
    case 'bundle':
      return t('promotion.says.bundle', { amount, what })
    case 'spend':
      return t('promotion.says.spend', { from: format.money(String(row['atLeast'])), off: share || amount, what })
  }
}
