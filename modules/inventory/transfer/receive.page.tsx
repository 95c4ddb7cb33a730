import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { qty } from '#kit/quantity.ts'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { ArrivalForm, said, wholeOf } from '#kit/web/document/ArrivalForm.tsx'
import type { DocumentRow } from '#kit/web/document/DocumentPage.tsx'
import { Finder } from '#kit/web/document/Finder.tsx'
import { rowQuery } from '#kit/web/entity/entity.ts'
import { PageSkeleton, Problem } from '#kit/web/look/parts.tsx'
import { usePathParam } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { transfer } from './transfer.ts'
import type { Transferable } from './transfer-form.page.tsx'
import { openOf } from './transfer.rules.ts'

/** What came of a transfer: whole, damaged, or missing with a reason. */
export default function ReceiveTransfer() {
  const t = useT()
  const id = usePathParam('id')
  const { data, error, isPending, refetch } = useQuery(rowQuery(transfer, id))
  useCrumb(data?.row.number)
  if (isPending) return <PageSkeleton />
  if (!data) return <Problem of={error} retry={() => void refetch()} />
  const { row } = data
  return (
    <ArrivalForm
      key={id}
      of={transfer}
      shown={data as unknown as DocumentRow}
      title={t('transfer.receive', { number: row.number })}
      hint={t('arrival.hint')}
      open={(line) => {
        const of = (name: string) => qty(String(line[name]))
        const left = openOf({
          quantity: of('quantity'),
          received: of('received'),
          damaged: of('damaged'),
          missing: of('missing'),
        })
        return { left, most: left }
      }}
      counts={['damaged', 'missing']}
      head={(values, set) => (
        <TextInput
          label={t('transfer.why')}
          description={t('transfer.whyHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          maxLength={300}
          autoComplete="off"
          value={String(values['reason'] ?? '')}
          onChange={(event) => set('reason', event.currentTarget.value)}
        />
      )}
      finder={(found) => (
        <Finder<Transferable>
          route="GET /inventory/transfer-goods"
          input={{ location: row.toLocation }}
          onFound={(one) => found(one.id, BigInt(one.scanned))}
          hint={(one) => one.sku}
        />
      )}
      missing={(lines, values) =>
        lines.some((line) => wholeOf(line['missing']) > 0n) && (said(values['reason']) ?? '').length < 3
          ? t('transfer.sayWhy')
          : null
      }
      inputOf={(values) => ({ ...(said(values['reason']) && { reason: said(values['reason']) }) })}
      action={t('transfer.receiveNow')}
      touches={['ledger', 'accounts', 'board', 'catalog']}
    />
  )
}
