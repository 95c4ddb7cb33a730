import { Button } from '@mantine/core'
import { IconPackageImport } from '@tabler/icons-react'
import { DocumentPage, type DocumentRow } from '#kit/web/document/DocumentPage.tsx'
import { Panel } from '#kit/web/look/parts.tsx'
import { Link, useGo } from '#kit/web/base/url.tsx'
import { Instant, Quantity } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { transfer } from './transfer.ts'
import classes from './transfer.module.css'

interface Receipt {
  readonly id: string
  readonly receivedAt: string
  readonly receivedBy: string | null
  readonly reason: string | null
}
type Shown = DocumentRow & { readonly receipts: readonly Receipt[] }

/** Goods between two stores, as both of them see it. */
export default function TransferPage() {
  const t = useT()
  const go = useGo()
  return (
    <DocumentPage<Shown>
      of={transfer}
      touches={['ledger', 'accounts', 'board']}
      without={['place', 'fromPlace']}
      withoutVerbs={['receivePart']}
      reviewed={['dispatch']}
      actions={({ row }) => (
        <Button
          component="a"
          variant="default"
          href={`/api/inventory/transfers/${row.id}/paper.pdf`}
          target="_blank"
          rel="noreferrer"
        >
          {t('paper.print')}
        </Button>
      )}
      verbs={{
        reject: { needsReason: true },
        cancel: { needsReason: true },
        recall: { needsReason: true },
        receive: { run: (row) => go(`${transfer.path}/${row.id}/receive`) },
      }}
      lines={{
        columns: ['quantity', 'received', 'damaged', 'missing'],
        name: (line) => (
          <Link to={`/inventory/stock/${String(line['variant'])}`} className={classes.name ?? ''}>
            {String(line['name'])}
          </Link>
        ),
        hint: (line) => String(line['sku'] ?? ''),
        values: {
          quantity: (line) => <Quantity of={line['quantity'] as string} unit={line['unit'] as string | null} />,
        },
      }}
    >
      {({ receipts }) =>
        receipts.length > 0 && (
          <Panel title={t('transfer.receipts')}>
            <ul className={classes.receipts}>
              {receipts.map((one) => (
                <li key={one.id}>
                  <IconPackageImport size={16} aria-hidden />
                  <span>
                    <bdi>{one.receivedBy}</bdi> · <Instant of={one.receivedAt} />
                  </span>
                  {one.reason && <q>{one.reason}</q>}
                </li>
              ))}
            </ul>
          </Panel>
        )
      }
    </DocumentPage>
  )
}
