import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { rate } from '#kit/money.ts'
import { qty, QTY_DECIMALS } from '#kit/quantity.ts'
import { DayInput } from '#kit/web/input/DayInput.tsx'
import { ArrivalForm, said, textCell } from '#kit/web/document/ArrivalForm.tsx'
import type { DocumentRow } from '#kit/web/document/DocumentPage.tsx'
import { Finder } from '#kit/web/document/Finder.tsx'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { rowQuery } from '#kit/web/entity/entity.ts'
import { PageSkeleton, Problem } from '#kit/web/look/parts.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { purchase } from './purchase.ts'
import type { Purchasable } from './purchase-form.page.tsx'
import { missingOf, mostOf } from './purchase.rules.ts'

/** What came of an order. */
export default function ReceivePage() {
  const t = useT()
  const id = usePathParam('id')
  const { data, error, isPending, refetch } = useQuery(rowQuery(purchase, id))
  useCrumb(data?.row.number)
  if (isPending) return <PageSkeleton />
  if (!data) return <Problem of={error} retry={() => void refetch()} />
  const { row } = data
  return (
    <ArrivalForm
      key={id}
      of={purchase}
      shown={data as unknown as DocumentRow}
      title={t('purchase.receive', { number: row.number })}
      hint={t('arrival.hint')}
      open={(line) => {
        const open = { quantity: qty(String(line['quantity'])), received: qty(String(line['received'])) }
        const missing = missingOf(open)
        const most = mostOf(open, rate(String(row.tolerance)))
        // Whole pieces of what is counted in whole pieces.
        const step = 10n ** BigInt(QTY_DECIMALS - Number(line['decimals'] ?? QTY_DECIMALS))
        return missing > 0n ? { left: missing, most: most - (most % step) } : null
      }}
      counts={['damaged']}
      columns={[
        { name: 'lot', width: 130, input: textCell('lot', t('lot.code')) },
        {
          name: 'expiresOn',
          width: 170,
          input: (line, set) => (
            <DayInput
              label={t('field.expiresOn')}
              value={line['expiresOn'] as string | null}
              onChange={(expiresOn) => set({ expiresOn })}
            />
          ),
        },
      ]}
      head={(values, set) => (
        <TextInput
          label={t('field.deliveryNote')}
          maxLength={60}
          autoComplete="off"
          value={String(values['deliveryNote'] ?? '')}
          onChange={(event) => set('deliveryNote', event.currentTarget.value)}
        />
      )}
      finder={(found) => (
        <Finder<Purchasable>
          route="GET /sourcing/goods"
          input={{ location: row.location, supplier: row.supplier }}
          onFound={(one) => found(one.id, BigInt(one.scanned))}
          hint={(one) => one.sku}
        />
      )}
      inputOf={(values) => ({ ...(said(values['deliveryNote']) && { deliveryNote: said(values['deliveryNote']) }) })}
      lineInput={({ lot, expiresOn }) => ({
        ...(said(lot) && { lot: said(lot) }),
        ...(said(lot) && said(expiresOn) && { expiresOn: said(expiresOn) }),
      })}
      action={t('purchase.receiveNow')}
      touches={['inventory', 'catalog', 'ledger', 'accounts', 'board']}
    />
  )
}
