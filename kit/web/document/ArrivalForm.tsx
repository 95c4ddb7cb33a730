import { Button, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Document } from '../../document.ts'
import { newId } from '../../id.ts'
import { QuantityInput } from '../input/figures.tsx'
import { useFormat } from '../session/format.ts'
import { useForm, type Values } from '../form/form.ts'
import { LeaveGuard } from '../look/LeaveGuard.tsx'
import { PageBody, PageHead, Panel } from '../look/parts.tsx'
import { PostingForm } from '../review/PostingForm.tsx'
import { useSession } from '../session/session.tsx'
import { useGo } from '../base/url.tsx'
import { Quantity } from '../entity/values.tsx'
import { useT } from '../base/words.tsx'
import { ActReview } from '../review/ActReview.tsx'
import type { DocumentRow } from './DocumentPage.tsx'
import { LineEditor, type EditedLine, type LineColumn, type NextLines } from './LineEditor.tsx'
import classes from './document.module.css'

export interface ArrivalFormProps {
  readonly of: Document
  readonly shown: DocumentRow
  readonly title: string
  readonly hint: string
  /** How much of a line is still to come, and the most that may come; nothing leaves the line out. */
  readonly open: (line: DocumentRow['lines'][number]) => { readonly left: bigint; readonly most: bigint } | null
  /** Between the head and the lines: what the delivery says of itself. */
  readonly head?: (values: Values, set: (name: string, value: unknown) => void) => ReactNode
  /** A search that scans: what it finds is counted. */
  readonly finder: (found: (variant: string, scanned: bigint) => void) => ReactNode
  /** More cells than how much came whole and how much damaged. */
  readonly columns?: readonly LineColumn[]
  /** Quantities beside the whole ones that count as come: `damaged`. */
  readonly counts: readonly string[]
  /** What is sent of the head, and of a line beside its id and quantities. */
  readonly inputOf?: (values: Values) => Values
  readonly lineInput?: (line: EditedLine) => Values
  /** Keeps the act back, with a sentence. */
  readonly missing?: (lines: readonly EditedLine[], values: Values) => string | null
  readonly action: string
  readonly touches: readonly string[]
}

/**
 * What came of a document: by hand, where everything that is missing is proposed, or counted with a scanner, in which case everything
 * begins at nothing. What comes of it is shown before it is done.
 */
export function ArrivalForm(props: ArrivalFormProps) {
  const { of, shown, open, counts, columns = [] } = props
  const t = useT()
  const go = useGo()
  const format = useFormat()
  const { user } = useSession()
  const { row } = shown
  const [begun] = useState(() => shown.lines.flatMap((line) => openLine(line, open, counts)))
  const [receipt] = useState(newId)
  const [isReviewing, setReviewing] = useState(false)
  const form = useForm({ isScanned: false, lines: begun }, `${user?.id}.${of.name}.arrival.${row.id}`)
  const lines = form.values['lines'] as readonly EditedLine[]
  const setLines = (next: NextLines) => form.set('lines', next)
  const comingOf = (line: EditedLine) => ['quantity', ...counts].reduce((all, name) => all + wholeOf(line[name]), 0n)
  const coming = lines.filter((line) => comingOf(line) > 0n)
  const errors = Object.fromEntries(
    lines.flatMap((line) => {
      const most = BigInt(String(line['most']))
      return comingOf(line) > most ? [[line.key, { quantity: t('arrival.atMost', { n: format.quantity(most) }) }]] : []
    }),
  )
  const kept = props.missing?.(coming, form.values) ?? null
  const isRight = coming.length > 0 && Object.keys(errors).length === 0 && kept === null
  const found = (variant: string, scanned: bigint) => {
    const isFirst = form.values['isScanned'] !== true
    if (isFirst) form.set('isScanned', true)
    setLines((lines) =>
      lines.map((line) => {
        const before = isFirst ? 0n : wholeOf(line['quantity'])
        return { ...line, quantity: String(before + (line['variant'] === variant ? scanned : 0n)) }
      }),
    )
  }
  const input = {
    id: row.id,
    receipt,
    ...props.inputOf?.(form.values),
    lines: coming.map((line) => ({
      line: line.key,
      quantity: String(wholeOf(line['quantity'])),
      ...Object.fromEntries(counts.flatMap((name) => (wholeOf(line[name]) > 0n ? [[name, String(wholeOf(line[name]))]] : []))),
      ...props.lineInput?.(line),
    })),
  }
  return (
    <PageBody>
      <PageHead title={props.title} hint={props.hint} />
      <PostingForm onPost={() => isRight && setReviewing(true)}>
        <LeaveGuard when={form.isDirty && !isReviewing} onDiscard={form.dropDraft} />
        {props.head && <Panel>{props.head(form.values, form.set)}</Panel>}
        <Panel>
          <div className={classes.finder}>{props.finder(found)}</div>
          <LineEditor
            of={of}
            lines={lines}
            onChange={setLines}
            name={(line) => String(line['name'])}
            hint={(line) => (
              <>
                {line['sku'] ? `${String(line['sku'])} · ` : ''}
                {t('arrival.missing')} <Quantity of={String(line['left'])} unit={line['unit'] as string | null} />
              </>
            )}
            columns={[
              { name: 'quantity', width: 110 },
              ...counts.map((name) => ({ name, width: 110, input: quantityCell(name, t(`field.${name}`)) })),
              ...columns,
            ]}
            errors={errors}
            empty={{ title: t('arrival.allCame'), text: t('arrival.allCameHint') }}
          />
        </Panel>
        <div className={classes.foot}>
          <span role="status">{kept ?? t('lines.count', { n: coming.length })}</span>
          <span className={classes.acts}>
            <Button variant="default" onClick={() => go(`${of.path}/${row.id}`)}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={!isRight}>
              {t('arrival.check')}
            </Button>
          </span>
        </div>
      </PostingForm>
      {isReviewing && (
        <ActReview
          route={`POST ${of.path}/:id/receive`}
          input={input}
          title={props.title}
          action={props.action}
          touches={[of.name.split('.')[0] ?? '', ...props.touches]}
          onDone={() => {
            form.settle()
            go(`${of.path}/${row.id}`)
          }}
          onClose={() => setReviewing(false)}
        />
      )}
    </PageBody>
  )
}

function openLine(line: DocumentRow['lines'][number], open: ArrivalFormProps['open'], counts: readonly string[]): EditedLine[] {
  const found = open(line)
  if (!found || found.most <= 0n) return []
  const { variant, name, sku, unit } = line
  const nothing = Object.fromEntries(counts.map((one) => [one, null]))
  const left = String(found.left)
  return [{ key: line.id, variant, name, sku, unit, left, most: String(found.most), quantity: left, ...nothing }]
}

type Cell = NonNullable<LineColumn['input']>
const quantityCell =
  (name: string, label: string): Cell =>
  (line, set) => <QuantityInput label={label} value={line[name] as string | null} onChange={(value) => set({ [name]: value })} />
/** A cell for a word: the code of a lot. */
export const textCell =
  (name: string, label: string): Cell =>
  (line, set) => (
    <TextInput
      label={label}
      maxLength={60}
      autoComplete="off"
      value={String(line[name] ?? '')}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )

/** A whole number that is kept as text; what is none counts as nothing. */
export const wholeOf = (value: unknown): bigint => (/^\d{1,16}$/.test(String(value ?? '')) ? BigInt(String(value)) : 0n)
export const said = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
