import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import { areLinesFixed, type Document } from '../../document.ts'
import { asIn, isThere, visibleFields } from '../../entity.ts'
import { customNames } from '../../custom.ts'
import { newId } from '../../id.ts'
import { ConflictDialog } from '../form/ConflictDialog.tsx'
import { useCrumb } from '../base/crumb.ts'
import { useOwned } from '../entity/custom.ts'
import { entityTitle, inSentence, rowQuery, type OneRow } from '../entity/entity.ts'
import { Field, ShownField } from '../form/Field.tsx'
import { useForm, type FormState, type Values } from '../form/form.ts'
import { LeaveGuard } from '../look/LeaveGuard.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem, ProblemNote } from '../look/parts.tsx'
import { PostingForm } from '../review/PostingForm.tsx'
import { useSession } from '../session/session.tsx'
import { useGo, usePathParam, useSearch } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'
import { ActReview } from '../review/ActReview.tsx'
import { LineTable, type LineTableProps } from './LineTable.tsx'
import { LineEditor, type EditedLine, type LineColumn, type NextLines } from './LineEditor.tsx'
import { useSave, type Saved } from './useSave.ts'
import classes from './document.module.css'

type Shown = OneRow & { readonly lines: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[] }

export interface DocumentFormProps {
  readonly of: Document
  /** Fields of the head, in order. */
  readonly head: readonly string[]
  readonly inputs?: Readonly<Record<string, (form: FormState) => ReactNode>>
  readonly columns: readonly LineColumn[]
  readonly name: (line: EditedLine) => string
  readonly hint?: (line: EditedLine) => ReactNode
  /** Puts lines on it: a search, a button for all of them. */
  readonly finder?: (add: (lines: readonly EditedLine[], more?: Values) => void, values: Values) => ReactNode
  /** Lines that are typed another way than in the cells of the kit. */
  readonly editor?: (given: EditorFacts) => ReactNode
  /** Lines with nothing in them stay on the page. */
  readonly isBlank?: (line: EditedLine) => boolean
  /** The step that mostly follows at once: it is reviewed and taken from here, beside saving for later. */
  readonly next?: NextStep
  /** Adds up what is typed: amounts by label, the last one stands out. */
  readonly sums: (lines: readonly EditedLine[]) => readonly (readonly [label: string, value: ReactNode])[]
  /** Two lines of the same are one: what a second one is added to. The quantity of the first is raised by `quantity` of the other. */
  readonly same?: (line: EditedLine) => string
  readonly initial?: Values
  /** What keeping it for the first time is called, where that is more than a draft. */
  readonly keepLabel?: string
}

interface EditorFacts {
  readonly lines: readonly EditedLine[]
  readonly onChange: (next: readonly EditedLine[]) => void
  readonly errors: Readonly<Record<string, Readonly<Record<string, string>>>>
}

interface NextStep {
  readonly verb: string
  /** What is still missing before it, as a sentence. */
  readonly missing: (values: Values) => string | null
  /** Keys that help while typing, beside the buttons. */
  readonly keys?: string
  /** In the review, above what comes of it. */
  readonly above?: (values: Values) => ReactNode
  readonly touches?: readonly string[]
}

/** The page on which a document is written: its head, its lines, what they add up to. It is a draft until a step of its life. */
export function DocumentForm(props: DocumentFormProps) {
  const of = useOwned(props.of)
  const id = usePathParam('id')
  const { data, error, isPending, refetch } = useQuery({ ...rowQuery(of, id), enabled: id !== '' })
  useCrumb(data ? entityTitle(of, data.row, data.refs) : undefined)
  if (id && isPending) return <PageSkeleton />
  if (id && error && !data) return <Problem of={error} retry={() => void refetch()} />
  return <Form key={id} {...props} of={of} {...(data && { shown: data as unknown as Shown })} />
}

function Form({
  of: owned,
  shown,
  head,
  inputs = {},
  columns,
  name,
  hint,
  finder,
  sums,
  editor,
  isBlank,
  next,
  same,
  initial,
  keepLabel = 'lines.saveDraft',
}: DocumentFormProps & { shown?: Shown }) {
  const t = useT()
  const go = useGo()
  const { may, user } = useSession()
  const [search] = useSearch()
  const [begun] = useState(shown?.row)
  const of = useMemo(() => (begun ? asIn(owned, begun) : owned), [owned, begun])
  const isFixed = (name: string) => begun !== undefined && of.fields[name]?.fixed === true
  const areFixed = begun !== undefined && areLinesFixed(of, begun)
  const [asked, ask] = useState<Saved | null>(null)
  const fields = useMemo(() => {
    const visible = new Map(visibleFields(of, may))
    return [...head, ...customNames(of)].flatMap((one) => (visible.has(one) ? [[one, visible.get(one)!] as const] : []))
  }, [of, may, head])
  const start = useMemo((): Values => {
    const values = Object.fromEntries(
      fields
        .filter(([, field]) => !begun || !field.fixed)
        .map(([one, field]) => [one, begun ? (begun[one] ?? null) : (search[one] ?? initial?.[one] ?? field.initial ?? null)]),
    )
    return { ...values, lines: shown?.lines.map((line) => ({ ...line, key: line.id })) ?? initial?.['lines'] ?? [] }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the row as it was when the form opened
  }, [fields, begun])
  const [row, setRow] = useState<Saved | undefined>(begun)
  // What is fixed by now is no draft any more.
  const unkept = useMemo(
    () => [...fields.flatMap(([name]) => (name in start ? [] : [name])), ...(areFixed ? ['lines'] : [])],
    [fields, start, areFixed],
  )
  const form = useForm(start, `${user?.id}.${of.name}.${row?.id ?? 'new'}`, unkept)
  const [id] = useState(() => row?.id ?? newId())
  const lines = form.values['lines'] as readonly EditedLine[]
  const save = useSave(of, form, { id, row, start, columns, areFixed, ...(isBlank && { isBlank }) })
  const keep = async () => {
    if (await save.run()) go(`${of.path}/${id}`, { replace: true })
  }
  const review = async () => {
    if (next!.missing(form.values) !== null || save.isSaving) return
    const saved = row && !form.isDirty ? row : await save.run()
    if (!saved) return
    setRow(saved)
    ask(saved)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!next || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void review()
  }
  const setLines = (next: NextLines) => form.set('lines', next)
  const add = (found: readonly EditedLine[], more?: Values) => setLines((before) => withMore(before, found, same, more))
  const thing = inSentence(t, t.of('entity', of.name))
  return (
    <PageBody>
      <PageHead title={begun ? t('form.editNamed', { name: entityTitle(of, begun, shown?.refs) }) : t('list.new', { thing })} />
      <PostingForm onPost={() => void (next ? review() : keep())} onKeyDown={onKeyDown}>
        <LeaveGuard when={form.isDirty && !save.isSaving} onDiscard={form.dropDraft} />
        {save.problem !== null && <ProblemNote of={save.problem} />}
        <Panel>
          <div className={classes.head}>
            {fields
              .filter(([one]) => !isFixed(one) || isThere(begun![one]))
              .map(([one, field]) => (
                <div key={one} data-field={one} className={field.kind === 'longText' ? classes.wide : undefined}>
                  {isFixed(one) ? (
                    <ShownField entity={of} name={one} row={begun!} refs={shown?.refs} />
                  ) : (
                    (inputs[one]?.(form) ?? (
                      <Field
                        entity={of}
                        name={one}
                        value={form.values[one]}
                        onChange={(value) => form.set(one, value)}
                        error={form.errors[one]}
                        {...(shown && { refs: shown.refs })}
                      />
                    ))
                  )}
                </div>
              ))}
          </div>
        </Panel>
        {areFixed ? (
          <LineTable
            of={of}
            lines={shown!.lines}
            refs={shown!.refs}
            columns={columns.map((column) => column.name)}
            name={(line) => name({ ...line, key: line.id })}
            {...(hint && { hint: (line) => hint({ ...line, key: line.id }) })}
            values={shownCells(columns)}
          />
        ) : (
          (editor?.({ lines, onChange: (typed) => setLines(() => typed), errors: save.lineErrors }) ?? (
            <Panel>
              {finder && <div className={classes.finder}>{finder(add, form.values)}</div>}
              <LineEditor
                of={of}
                lines={lines}
                columns={columns}
                onChange={setLines}
                name={name}
                {...(hint && { hint })}
                errors={save.lineErrors}
                empty={{ title: t('lines.empty'), text: t('lines.emptyHint') }}
                {...(shown && { refs: shown.refs })}
              />
            </Panel>
          ))
        )}
        <div className={classes.foot}>
          <Sums of={[...sums(lines)]} count={lines.filter((line) => !isBlank?.(line)).length} />
          {next && <Missing of={form.isDirty || row ? next.missing(form.values) : null} keys={next.keys} />}
          <span className={classes.acts}>
            <Button variant="default" onClick={() => go(row ? `${of.path}/${id}` : of.path)}>
              <T k="common.cancel" />
            </Button>
            <Button
              {...(next ? { variant: 'default', onClick: () => void keep() } : { type: 'submit' })}
              loading={save.isSaving}
              disabled={row !== undefined && !form.isDirty}
            >
              <T k={row ? 'common.save' : keepLabel} />
            </Button>
            {next && (
              <Button type="submit" disabled={next.missing(form.values) !== null}>
                <T k="lines.review" />
              </Button>
            )}
          </span>
        </div>
      </PostingForm>
      {asked && next && (
        <ActReview
          route={`POST ${of.path}/:id/${next.verb}`}
          input={{ id, ifMatch: asked.version }}
          title={String(form.values[of.title] ?? t.of('entity', of.name))}
          action={t.of('verb', `${of.name}.${next.verb}`)}
          touches={[of.name.split('.')[0] ?? '', ...(next.touches ?? [])]}
          onDone={() => go(`${of.path}/${id}`, { replace: true })}
          onClose={() => ask(null)}
        >
          {next.above?.(form.values)}
        </ActReview>
      )}
      {save.conflicts && (
        <ConflictDialog
          entity={of}
          conflicts={save.conflicts}
          onSettle={async (kept) => {
            if (await save.settle(kept)) go(`${of.path}/${id}`, { replace: true })
          }}
          onClose={save.dropConflicts}
        />
      )}
    </PageBody>
  )
}

/** Cells that the editor shows its own way, for lines that nobody types any more. */
const shownCells = (columns: readonly LineColumn[]): NonNullable<LineTableProps['values']> =>
  Object.fromEntries(
    columns.flatMap(({ name, show }) =>
      show
        ? [[name, (line: Readonly<Record<string, unknown>> & { readonly id: string }) => show({ ...line, key: line.id })]]
        : [],
    ),
  )

function Sums({ of, count }: { of: readonly (readonly [label: string, value: ReactNode])[]; count: number }) {
  return (
    <dl className={classes.sums}>
      <div>
        <dt>
          <T k="lines.count" n={count} />
        </dt>
        <dd />
      </div>
      {of.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Missing({ of, keys }: { of: string | null; keys: string | undefined }) {
  return (
    <>
      <span className={classes.missing} role="status">
        {of}
      </span>
      {keys && <span className={classes.keys}>{keys}</span>}
    </>
  )
}

/** New lines come on top, where the eye is; one that is there already gets more. */
function withMore(
  lines: readonly EditedLine[],
  found: readonly EditedLine[],
  same: DocumentFormProps['same'],
  more: Values | undefined,
): readonly EditedLine[] {
  const keyOf = same ?? ((line: EditedLine) => line.key)
  const known = new Map(lines.map((line) => [keyOf(line), line]))
  const fresh = found.filter((line) => !known.has(keyOf(line)))
  const raised = new Set(found.filter((line) => known.has(keyOf(line))).map(keyOf))
  const raise = more?.['quantity']
  return [
    ...fresh,
    ...lines.map((line) =>
      raised.has(keyOf(line)) && raise !== undefined
        ? { ...line, quantity: String(wholeOf(line['quantity']) + BigInt(String(raise))) }
        : line,
    ),
  ]
}
const wholeOf = (text: unknown): bigint => (/^-?\d+$/.test(String(text)) ? BigInt(String(text)) : 0n)
