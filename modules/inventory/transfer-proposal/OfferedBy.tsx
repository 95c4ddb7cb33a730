import { Checkbox } from '@mantine/core'
import document from '#kit/web/document/document.module.css'
import { QuantityInput } from '#kit/web/figures.tsx'
import { Panel, Wide } from '#kit/web/parts.tsx'
import { Link } from '#kit/web/url.tsx'
import { Quantity } from '#kit/web/values.tsx'
import { useT } from '#kit/web/words.tsx'
import type { Offered } from './transfer-proposals.page.tsx'
import classes from './transfer-proposals.module.css'

interface OfferedByProps {
  readonly rows: readonly Offered[]
  readonly isOn: (row: Offered) => boolean
  readonly quantityOf: (row: Offered) => string | null
  readonly onToggle: (rows: readonly Offered[], isOn: boolean) => void
  readonly onQuantity: (row: Offered, quantity: string | null) => void
}

/** What one shelf of another store could send, line by line. */
export function OfferedBy({ rows, isOn, quantityOf, onToggle, onQuantity }: OfferedByProps) {
  const t = useT()
  const { giverName, locationName } = rows[0]!
  const name = giverName === locationName ? giverName : `${giverName} · ${locationName}`
  const on = rows.filter(isOn).length
  return (
    <Panel
      flush
      title={<bdi>{name}</bdi>}
      actions={
        <Checkbox
          label={t('transferProposals.all')}
          checked={on === rows.length}
          indeterminate={on > 0 && on < rows.length}
          onChange={(event) => onToggle(rows, event.currentTarget.checked)}
        />
      }
    >
      <Wide label={name} of={620} stacks>
        <table className={document.table}>
          <thead>
            <tr>
              <th aria-label={t('transferProposals.take')} />
              <th>{t('lines.what')}</th>
              <th data-figure>{t('transferProposals.here')}</th>
              <th data-figure>{t('field.level')}</th>
              <th data-figure>{t('transferProposals.coming')}</th>
              <th data-figure>{t('transfer.there')}</th>
              <th data-figure>{t('transferProposals.ask')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.variant}>
                <td>
                  <Checkbox
                    size="md"
                    className={classes.tick ?? ''}
                    aria-label={t('transferProposals.takeOne', { name: row.name })}
                    checked={isOn(row)}
                    onChange={(event) => onToggle([row], event.currentTarget.checked)}
                  />
                </td>
                <td>
                  <Link to={`/inventory/stock/${row.variant}`}>{row.name}</Link>
                  <small>{row.sku}</small>
                </td>
                <td data-figure data-label={t('transferProposals.here')}>
                  <Quantity of={row.available} unit={row.unit} />
                </td>
                <td data-figure data-label={t('field.level')}>
                  <Quantity of={row.level} />
                </td>
                <td data-figure data-label={t('transferProposals.coming')}>
                  {String(row.coming) !== '0' && <Quantity of={row.coming} />}
                </td>
                <td data-figure data-label={t('transfer.there')}>
                  <Quantity of={row.there} />
                </td>
                <td data-figure data-label={t('transferProposals.ask')}>
                  <QuantityInput
                    aria-label={t('transferProposals.askOf', { name: row.name })}
                    className={classes.quantity ?? ''}
                    value={quantityOf(row)}
                    onChange={(value) => onQuantity(row, value)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Panel>
  )
}
