import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type OutputOf } from '#kit/web/base/api.ts'
import { DocumentForm } from '#kit/web/document/DocumentForm.tsx'
import { Finder } from '#kit/web/document/Finder.tsx'
import type { EditedLine } from '#kit/web/document/LineEditor.tsx'
import { fieldLabel } from '#kit/web/entity/entity.ts'
import type { FormState } from '#kit/web/form/form.ts'
import { PageSkeleton } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Quantity } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { transferRoutes } from './transfer.routes.ts'
import { transfer } from './transfer.ts'

export type Transferable = OutputOf<typeof transferRoutes, 'GET /inventory/transfer-goods'>['rows'][number]
type End = OutputOf<typeof transferRoutes, 'GET /inventory/transfer-ends'>['rows'][number]
const HEAD = ['location', 'toLocation', 'neededOn', 'note'] as const

/** What a store asks another one for, or offers it. */
export default function TransferForm() {
  const { place } = useSession()
  const { data } = useQuery(api<typeof transferRoutes>()('GET /inventory/transfer-ends'))
  if (!data) return <PageSkeleton />
  const ends = data.rows
  // The place's own storage is its oldest.
  const own = ends.find((one) => one.isOurs && (!place || one.place === place.id))
  return (
    <DocumentForm
      of={transfer}
      keepLabel="transfer.ask"
      head={HEAD}
      initial={{ toLocation: own?.id ?? null }}
      inputs={{
        location: (form) => <EndInput name="location" other="toLocation" form={form} ends={ends} />,
        toLocation: (form) => <EndInput name="toLocation" other="location" form={form} ends={ends} />,
      }}
      columns={[{ name: 'quantity', width: 130 }]}
      name={(line) => String(line['name'] ?? '')}
      hint={(line) => (
        <>
          {String(line['sku'] ?? '')}
          {line['free'] !== undefined && (
            <>
              {' · '}
              <T k="transfer.there" /> <Quantity of={String(line['free'])} unit={line['unit'] as string | null} />
            </>
          )}
        </>
      )}
      finder={(add, { location }) => (
        <Finder<Transferable>
          route="GET /inventory/transfer-goods"
          input={location ? { location } : null}
          onFound={(found, isScan) => add([lineOf(found)], isScan ? { quantity: String(found.scanned) } : {})}
          hint={(found) => found.sku}
          end={(found) => <Quantity of={found.free} />}
        />
      )}
      same={(line) => String(line['variant'])}
      sums={() => []}
    />
  )
}

/** One end of it. Stores where somebody doesn't work are named as well: from these they ask. */
function EndInput({ name, other, form, ends }: { name: string; other: string; form: FormState; ends: readonly End[] }) {
  const t = useT()
  return (
    <Select
      label={fieldLabel(t, transfer, name)}
      required
      withAsterisk={false}
      searchable
      error={form.errors[name]}
      value={(form.values[name] as string | null) ?? null}
      onChange={(id) => form.set(name, id)}
      data={ends
        .filter((one) => one.id !== form.values[other])
        .map((one) => ({ value: one.id, label: one.name === one.placeName ? one.name : `${one.placeName} · ${one.name}` }))}
    />
  )
}

const lineOf = (found: Transferable): EditedLine => ({
  key: found.id,
  variant: found.id,
  name: found.name,
  sku: found.sku,
  unit: found.unit,
  free: String(found.free),
  quantity: '1000000',
})
