import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconListCheck } from '@tabler/icons-react'
import { call } from '#kit/web/base/api.ts'
import { useAction } from '#kit/web/base/command.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { mostLines } from './document.ts'
import type { PaperKind } from './goods.rules.ts'
import type { FoundGoods, Goods, GoodsLine } from './useGoods.tsx'

/**
 * Puts everything on the paper: for the first stock of a shop. Lines left empty are left out. What
 * does not fit comes with the next paper, which begins after the last of this one.
 */
export function AllGoods({ kind, goods }: { kind: PaperKind; goods: Goods }) {
  const t = useT()
  const most = mostLines[kind]
  const { location, lines, rest } = goods.draft
  const cut = rest?.location === location ? rest : null
  const isNext = cut !== null && cut.after !== '' && lines.length === 0
  const all = useAction((from: string) => goodsAfter(kind, location!, from), {
    onDone: ({ from, lines: found, end, isCut }) => {
      goods.change({ rest: isCut || from ? { location: location!, from, after: isCut ? end : '' } : null })
      goods.add(found.toSorted((a, b) => a.name.localeCompare(b.name)))
      if (isCut) notifications.show({ message: t('goods.allCut', { n: most }), color: 'yellow', autoClose: 10_000 })
    },
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconListCheck size={17} />}
        loading={all.isRunning}
        disabled={location === null}
        onClick={() => void all.run(cut === null ? '' : isNext ? cut.after : cut.from)}
      >
        {t(isNext ? 'goods.allNext' : 'goods.all')}
      </Button>
      {isNext && (
        <Button variant="subtle" color="gray" disabled={all.isRunning} onClick={() => goods.change({ rest: null })}>
          {t('goods.allAgain')}
        </Button>
      )}
    </>
  )
}

/** As many goods after one as a paper holds the lines of. */
async function goodsAfter(kind: PaperKind, location: string, from: string) {
  const found: { id: string; lines: GoodsLine[] }[] = []
  let count = 0
  let after: string | null = from
  while (after !== null && count <= mostLines[kind]) {
    const page: { rows: FoundGoods[]; next: string | null } = await call('GET /inventory/goods', {
      location,
      limit: 500,
      ...(after && { after }),
    })
    for (const row of page.rows) {
      const lines = linesOf(kind, row)
      count += lines.length
      found.push({ id: row.id, lines })
    }
    after = page.next
  }
  const isCut = count > mostLines[kind]
  while (count > mostLines[kind]) count -= found.pop()!.lines.length
  return { from, lines: found.flatMap((one) => one.lines), end: found.at(-1)?.id ?? from, isCut }
}

/** The line that goods begin with. */
export function linesOf(kind: PaperKind, found: FoundGoods): GoodsLine[] {
  const line: GoodsLine = {
    key: found.id,
    variant: found.id,
    name: found.name,
    sku: found.sku,
    decimals: found.decimals,
    onHand: String(found.onHand),
    quantity: null,
    unitCost: found.cost === null ? null : String(found.cost),
    priceUnit: found.priceUnit,
    unit: found.unit,
    lot: null,
    expiresOn: null,
    lots: found.lots,
  }
  const [first] = found.lots
  return [first && kind === 'adjustment' ? { ...line, lot: first.code } : line]
}
