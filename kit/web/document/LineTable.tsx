import type { ReactNode } from 'react'
import type { Document } from '../../document.ts'
import { visibleFields, type Entity } from '../../entity.ts'
import { fieldLabel, isFigure, type Refs } from '../entity/entity.ts'
import { Panel, Wide } from '../look/parts.tsx'
import { useSession } from '../session/session.tsx'
import { Value } from '../entity/values.tsx'
import { T, useT } from '../base/words.tsx'
import review from '../review/review.module.css'
import classes from './document.module.css'

export type ShownLine = Readonly<Record<string, unknown>> & { readonly id: string }

export interface LineTableProps {
  readonly of: Pick<Document, 'name' | 'lines'>
  readonly lines: readonly ShownLine[]
  readonly refs: Refs
  /** Which fields stand in columns, in order. */
  readonly columns: readonly string[]
  readonly name: (line: ShownLine) => ReactNode
  /** What stands in the first column, where that is no article. */
  readonly what?: string
  readonly hint?: (line: ShownLine) => ReactNode
  /** Values shown another way, by field. */
  readonly values?: Readonly<Record<string, (line: ShownLine) => ReactNode>>
  /** Below columns that add up, by field. */
  readonly sums?: Readonly<Record<string, ReactNode>>
}

/** The lines of a document as its page shows them; what is empty on all of them has no column. */
export function LineTable({ of, lines, refs, columns, name, hint, what, values = {}, sums = {} }: LineTableProps) {
  const t = useT()
  const { may } = useSession()
  const entity = { ...of, fields: of.lines.fields } as unknown as Entity
  const visible = new Map(visibleFields(entity, may))
  const isSaid = (field: string) => lines.some((line) => !EMPTY.has(line[field]))
  const shown = columns.filter((field) => visible.has(field) && isSaid(field))
  const hasSums = shown.some((field) => field in sums)
  return (
    <Panel title={t('lines.title')} flush>
      <Wide label={t('lines.title')} of={240 + shown.length * 100} stacks>
        <table className={`${review.table} ${classes.table}`}>
          <thead>
            <tr>
              <th>{what ?? t('lines.what')}</th>
              {shown.map((field) => (
                <th key={field} data-figure={isFigure(visible.get(field)!) || undefined}>
                  {fieldLabel(t, entity, field)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <td>
                  {name(line)}
                  {hint && <small>{hint(line)}</small>}
                </td>
                {shown.map((field) => (
                  <td
                    key={field}
                    data-figure={isFigure(visible.get(field)!) || undefined}
                    data-label={fieldLabel(t, entity, field)}
                  >
                    {!EMPTY.has(line[field]) &&
                      (values[field]?.(line) ?? (
                        <Value
                          entity={entity}
                          name={field}
                          field={visible.get(field)!}
                          value={line[field]}
                          row={line}
                          refs={refs}
                          plain
                        />
                      ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {hasSums && (
            <tfoot>
              <tr>
                <td>
                  <T k="lines.sum" />
                </td>
                {shown.map((field) => (
                  <td key={field} data-figure data-label={fieldLabel(t, entity, field)}>
                    {sums[field]}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </Wide>
    </Panel>
  )
}

const EMPTY = new Set<unknown>([null, undefined, '', '0'])
