import { ActionIcon, NumberInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Wide } from '#kit/web/look/parts.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Amount, Price } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import document from '#kit/web/document/document.module.css'
import type { Labelled } from '../label/label.rules.ts'
import type { Article } from './useLabels.tsx'
import classes from './labels.module.css'

interface ArticlesProps {
  readonly rows: readonly Article[]
  readonly items: readonly Labelled[]
  readonly onChange: (items: readonly Labelled[]) => void
}

/** The articles with what their labels say, and how many of each. */
export function LabelArticles({ rows, items, onChange }: ArticlesProps) {
  const t = useT()
  const countOf = (id: string) => items.find(({ variant }) => variant === id)?.count ?? 1
  const setCount = (id: string, count: number) =>
    onChange(items.map((one) => (one.variant === id ? { variant: id, count } : one)))
  return (
    <Wide label={t('label.articles')} of={520} stacks>
      <table className={document.table}>
        <thead>
          <tr>
            <th>{t('field.name')}</th>
            <th data-figure>{t('field.price')}</th>
            <th data-figure>{t('label.count')}</th>
            <th aria-label={t('common.more')} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Link to={`/catalog/variants/${row.id}`}>
                  <bdi>{row.name}</bdi>
                </Link>
                <small>{[row.sku, row.code].filter(Boolean).join(' · ')}</small>
              </td>
              <td data-figure data-label={t('field.price')}>
                <span className={classes.price}>
                  {row.oldPrice !== null && (
                    <s>
                      <Amount of={row.oldPrice} plain />
                    </s>
                  )}
                  <Price of={row.price} per={row.priceUnit} unit={row.unit} />
                  {row.priceUnit === '1' && row.unit && <bdi>{` / ${row.unit}`}</bdi>}
                </span>
              </td>
              <td data-figure data-label={t('label.count')}>
                <NumberInput
                  className={classes.count ?? ''}
                  aria-label={t('label.countOf', { name: row.name })}
                  min={1}
                  max={2000}
                  clampBehavior="strict"
                  allowDecimal={false}
                  allowNegative={false}
                  value={countOf(row.id)}
                  onChange={(value) => Number(value) >= 1 && setCount(row.id, Number(value))}
                />
              </td>
              <td data-figure>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={t('label.takeOff', { name: row.name })}
                  onClick={() => onChange(items.filter(({ variant }) => variant !== row.id))}
                >
                  <IconX size={17} />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
}
