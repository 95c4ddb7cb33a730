import { useState, type ReactNode } from 'react'
import type { Document } from '../../document.ts'
import type { LineTableProps, ShownLine } from './LineTable.tsx'
import { LineTable } from './LineTable.tsx'
import { DetailPage, type DetailPageProps } from '../record/DetailPage.tsx'
import type { OneRow, WireRow } from '../entity/entity.ts'
import { useT } from '../base/words.tsx'
import type { VerbFacts } from '../entity/Verbs.tsx'
import { ActReview } from '../review/ActReview.tsx'

/** A document as the server shows it. */
export type DocumentRow = OneRow & { readonly lines: readonly ShownLine[] }

export interface DocumentPageProps<Data extends DocumentRow> extends Omit<DetailPageProps<Data>, 'entity' | 'children'> {
  readonly of: Document
  readonly lines: Omit<LineTableProps, 'of' | 'lines' | 'refs' | 'sums'>
  /** Below the columns that add up. */
  readonly sums?: (data: Data) => LineTableProps['sums']
  /** Steps that post: what comes of them is shown before. */
  readonly reviewed?: readonly string[]
  /** Other areas whose screens show something else after a step. */
  readonly touches?: readonly string[]
  /** Below the lines. */
  readonly children?: (data: Data) => ReactNode
}

/** The page of a document: its head, its lines, what may be done with it now, what came of it. */
export function DocumentPage<Data extends DocumentRow = DocumentRow>({
  of,
  lines,
  sums,
  reviewed = [],
  touches = [],
  verbs,
  children,
  ...rest
}: DocumentPageProps<Data>) {
  const t = useT()
  const [asked, ask] = useState<{ verb: string; row: WireRow } | null>(null)
  const own = Object.fromEntries(
    reviewed.map((verb): [string, VerbFacts] => [verb, { ...verbs?.[verb], run: (row) => ask({ verb, row }) }]),
  )
  const label = (verb: string) => t.of('verb', `${of.name}.${verb}`)
  return (
    <>
      <DetailPage<Data> {...rest} entity={of} verbs={{ ...verbs, ...own }} {...(touches.length > 0 && { touches })}>
        {(data) => (
          <>
            <LineTable {...lines} of={of} lines={data.lines} refs={data.refs} {...(sums && { sums: sums(data) ?? {} })} />
            {children?.(data)}
          </>
        )}
      </DetailPage>
      {asked && (
        <ActReview
          route={`POST ${of.path}/:id/${verbs?.[asked.verb]?.path ?? asked.verb}`}
          input={{ id: asked.row.id }}
          title={`${label(asked.verb)} · ${String(asked.row[of.title] ?? t.of('entity', of.name))}`}
          action={label(asked.verb)}
          touches={[of.name.split('.')[0] ?? '', ...touches]}
          onDone={() => ask(null)}
          onClose={() => ask(null)}
        />
      )}
    </>
  )
}
