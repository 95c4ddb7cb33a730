import { IconArrowsExchange } from '@tabler/icons-react'
import { pageOfDocument } from '#kit/document-kind.ts'
import type { Refs, WireRow } from '#kit/web/entity/entity.ts'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { EmptyState } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Instant, Quantity } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { moveList } from './move-list.ts'
import classes from './stock.module.css'

// Which article or lot it is stands above them already.
const COLUMNS = ['at', 'quantity', 'fromLocation', 'toLocation', 'documentKind', 'reason', 'value']
const SHOWN = {
  variant: { ...moveList, list: [...COLUMNS, 'lot'] },
  lot: { ...moveList, list: COLUMNS },
}

/** The goods ledger of one article or of one lot, newest first. */
export function Moves({ of, id }: { of: keyof typeof SHOWN; id: string }) {
  const t = useT()
  return (
    <section>
      <h2 className={classes.ledger}>{t('stock.moves')}</h2>
      <ListPage entity={SHOWN[of]} fixed={{ [of]: id }} embedded cells={moveCells} empty={<NoMoves />} />
    </section>
  )
}

export const toArticle = (row: WireRow) => `/inventory/stock/${String(row['variant'])}`

export function NoMoves() {
  return <EmptyState icon={IconArrowsExchange} title={useT()('stock.noMoves')} />
}

/** How moves are told, wherever they are listed. */
export const moveCells = {
  at: (row: WireRow) => <Instant of={String(row['at'])} style="short" />,
  name: (row: WireRow) => (
    <Link to={toArticle(row)} className={classes.name}>
      <bdi>{String(row['name'])}</bdi>
    </Link>
  ),
  // What goes out bears its sign, and stands back.
  quantity: (row: WireRow) => (
    <span className={classes.moved} data-out={String(row['quantity']).startsWith('-') || undefined}>
      <Quantity of={String(row['quantity'])} />
    </span>
  ),
  // Beside where they came from stands where they went.
  toLocation: (row: WireRow, refs: Refs) => <Into name={refs[String(row['toLocation'])]} />,
  documentKind: (row: WireRow) => <Paper kind={String(row['documentKind'])} id={String(row['document'])} />,
}

function Into({ name }: { name: string | undefined }) {
  const t = useT()
  return (
    <>
      <span className={classes.arrow} role="img" aria-label={t('stock.to')}>
        →
      </span>
      <bdi>{name}</bdi>
    </>
  )
}

/** The paper behind a move, and the way to it for who may see it. */
function Paper({ kind, id }: { kind: string; id: string }) {
  const t = useT()
  const { may } = useSession()
  const page = pageOfDocument(kind, id)
  const text = t.of('state', kind)
  return page && may(page.can) ? <Link to={page.to}>{text}</Link> : text
}
