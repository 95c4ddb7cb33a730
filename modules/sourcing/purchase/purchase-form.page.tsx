import { minor, rate, type Minor } from '#kit/money.ts'
import { qty, type PriceUnit } from '#kit/quantity.ts'
import type { OutputOf } from '#kit/web/base/api.ts'
import { DocumentForm } from '#kit/web/document/DocumentForm.tsx'
import { Finder } from '#kit/web/document/Finder.tsx'
import type { EditedLine } from '#kit/web/document/LineEditor.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { Amount, Quantity } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { usePasted } from './usePasted.tsx'
import { purchase } from './purchase.ts'
import type { purchaseRoutes } from './purchase.routes.ts'
import { totalsOf, worthOf, type PricedLine } from './purchase.rules.ts'

export type Purchasable = OutputOf<typeof purchaseRoutes, 'GET /sourcing/goods'>['rows'][number]
const HEAD = ['supplier', 'location', 'expectedOn', 'reference', 'tolerance', 'note'] as const

/** An order as it is written: by scanner, by words, or pasted from a sheet. */
export default function PurchaseForm() {
  const t = useT()
  const format = useFormat()
  const { may } = useSession()
  const paste = usePasted()
  const seesCost = may('catalog.cost.read')
  return (
    <DocumentForm
      of={purchase}
      head={HEAD}
      columns={[
        { name: 'code', width: 120 },
        { name: 'quantity', width: 110 },
        ...(seesCost
          ? [
              { name: 'price', width: 140 },
              { name: 'taxRate', width: 96 },
            ]
          : []),
        ...(seesCost ? [{ name: 'net', width: 110, show: (line: EditedLine) => <Amount of={worth(line)} plain /> }] : []),
      ]}
      name={(line) => String(line['name'] ?? '')}
      hint={(line) => {
        const per = format.per((line['priceUnit'] ?? '1') as PriceUnit, line['unit'] as string | null)
        return [line['sku'], per && `${t('field.price')} ${per}`].filter(Boolean).join(' · ')
      }}
      finder={(add, values) => {
        const { location, supplier } = values as { location: string | null; supplier: string | null }
        const input = location ? { location, ...(supplier && { supplier }) } : null
        return (
          <Finder<Purchasable>
            route="GET /sourcing/goods"
            input={input}
            onFound={(found, isScan) => add([lineOf(found)], isScan ? { quantity: String(found.scanned) } : {})}
            hint={(found) => [found.sku, found.code].filter(Boolean).join(' · ')}
            end={(found) => <Quantity of={found.onHand} />}
            onPaste={(rows) => input && void paste(rows, input).then((lines) => add(lines))}
          />
        )
      }}
      same={(line) => String(line['variant'])}
      sums={(lines) => {
        if (!seesCost) return []
        const { net, tax, total } = totalsOf(lines.flatMap(pricedOf))
        return [
          [t('field.net'), <Amount key="net" of={net} plain />],
          [t('field.tax'), <Amount key="tax" of={tax} plain />],
          [t('field.total'), <Amount key="total" of={total} />],
        ]
      }}
    />
  )
}

/** A line as it comes from what was found: one pack of it, at the supplier's price. */
export const lineOf = (found: Purchasable): EditedLine => ({
  key: found.id,
  variant: found.id,
  name: found.name,
  sku: found.sku,
  unit: found.unit,
  priceUnit: found.priceUnit,
  code: found.code,
  quantity: String(found.pack ?? 1_000_000n),
  price: found.price === null ? null : String(found.price),
  taxRate: String(found.taxRate),
})

const isWhole = (value: unknown): value is string => typeof value === 'string' && /^\d{1,16}$/.test(value)
const pricedOf = (line: EditedLine): PricedLine[] =>
  isWhole(line['quantity']) && isWhole(line['price'])
    ? [
        {
          quantity: qty(line['quantity']),
          price: minor(line['price']),
          priceUnit: (line['priceUnit'] ?? '1') as PriceUnit,
          taxRate: rate(isWhole(line['taxRate']) ? line['taxRate'] : '0'),
        },
      ]
    : []
const worth = (line: EditedLine): Minor | null => pricedOf(line).map((one) => worthOf(one).net)[0] ?? null
