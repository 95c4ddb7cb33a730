import { useRef, useState } from 'react'
import { linesSchema, type Document } from '../../document.ts'
import { changeSchema, createSchema } from '../../entity.ts'
import { newId } from '../../id.ts'
import type { Conflict } from '../form/ConflictDialog.tsx'
import type { WireRow } from '../entity/entity.ts'
import { changesOf, type FormState, type Values } from '../form/form.ts'
import { issueText } from '../base/problem.ts'
import { refresh } from '../base/query.ts'
import { fieldIssues, isProblem, request } from '../base/request.ts'
import { useT } from '../base/words.tsx'
import type { EditedLine, LineColumn } from './LineEditor.tsx'

/** It stands on the server, as this version. */
export type Saved = Readonly<Record<string, unknown>> & { readonly id: string; readonly version?: number | undefined }

interface SaveOptions {
  readonly id: string
  readonly row: Saved | undefined
  readonly start: Values
  readonly columns: readonly LineColumn[]
  readonly isBlank?: (line: EditedLine) => boolean
  /** Its lines stay as they are. */
  readonly areFixed: boolean
}

/** Writes a document with its lines, and says beside the cells what is wrong with them. */
export function useSave(of: Document, form: FormState, { id, row, start, columns, isBlank, areFixed }: SaveOptions) {
  const t = useT()
  const [problem, setProblem] = useState<unknown>(null)
  const [isSaving, setSaving] = useState(false)
  const [conflicts, setConflicts] = useState<readonly Conflict[] | null>(null)
  const [lineErrors, setLineErrors] = useState<Readonly<Record<string, Readonly<Record<string, string>>>>>({})
  const key = useRef({ content: '', key: '' })
  const typed = columns.filter((column) => !column.show).map((column) => column.name)
  const settled = useRef(start)
  const written = (lines: readonly EditedLine[]) => lines.filter((line) => !isBlank?.(line))
  const sent = (lines: readonly EditedLine[]) =>
    written(lines).map((line) => ({ ...(line.id && { id: line.id }), ...given(line, ['variant', ...typed], of) }))
  /** What is wrong with lines, beside their cells. */
  const refuseLines = (issues: readonly (readonly [path: readonly string[], text: string])[]) => {
    const lines = written(form.values['lines'] as readonly EditedLine[])
    const found: Record<string, Record<string, string>> = {}
    for (const [[index = '', field = ''], text] of issues) {
      const at = lines[Number(index)]
      if (at) found[at.key] = { [field]: text, ...found[at.key] }
    }
    setLineErrors(found)
    return Object.keys(found).length > 0
  }
  const send = async (values: Values, version: number | undefined): Promise<Saved | undefined> => {
    const { lines, ...head } = row ? changesOf(settled.current, values) : withoutEmpty(values)
    const body = { ...head, ...(lines !== undefined && { lines: sent(lines as readonly EditedLine[]) }), ...(!row && { id }) }
    const content = JSON.stringify([body, version])
    if (key.current.content !== content) key.current = { content, key: newId() }
    setSaving(true)
    setProblem(null)
    try {
      const saved = row
        ? await request<Saved>('PATCH', `${of.path}/${id}`, body, { ifMatch: version, key: key.current.key })
        : await request<Saved>('POST', of.path, { lines: [], ...body }, { key: key.current.key })
      settled.current = values
      form.settle()
      await refresh([of.name.split('.')[0] ?? ''])
      return saved
    } catch (error) {
      const issues = Object.entries(fieldIssues(error))
      const ofLines = issues.flatMap(([path, issue]) =>
        path.startsWith('lines.') ? [[path.split('.').slice(1), issueText(t, issue)] as const] : [],
      )
      if (isProblem(error, 'kit.changedMeanwhile') && Array.isArray(error.details) && isOfHead(error.details as Conflict[]))
        setConflicts(error.details as Conflict[])
      else if (!refuseLines(ofLines) && !form.refuse(error)) setProblem(error)
      return undefined
    } finally {
      setSaving(false)
    }
  }
  const run = async (): Promise<Saved | undefined> => {
    const lines = areFixed ? [] : sent(form.values['lines'] as readonly EditedLine[])
    const read = linesSchema(of).safeParse(lines)
    const wrong = read.success ? [] : read.error.issues
    const isLinesRight = !refuseLines(
      wrong.map((issue) => {
        const [index, field] = issue.path
        const value = (lines[Number(index)] as Values | undefined)?.[String(field)]
        const code = value === null || value === undefined ? 'required' : issue.code === 'invalid_union' ? 'number' : issue.code
        return [issue.path.map(String), issueText(t, { path: String(field), code, message: issue.message })] as const
      }),
    )
    const { lines: _, ...head } = form.values
    const schema = row ? changeSchema(of) : createSchema(of)
    const isHeadRight = form.check(schema as never, head)
    if (isHeadRight && isLinesRight) return send(form.values, row?.version)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"], [data-error]')?.focus())
    return undefined
  }
  const settle = async (kept: Values) => {
    setConflicts(null)
    const now = await request<{ row: WireRow }>('GET', `${of.path}/${id}`)
    form.replace({ ...form.values, ...kept })
    return send({ ...form.values, ...kept }, now.row.version)
  }
  return { run, problem, isSaving, conflicts, settle, dropConflicts: () => setConflicts(null), lineErrors }
}

const isOfHead = (conflicts: readonly Conflict[]) => conflicts.length > 0 && conflicts.every(({ field }) => field !== 'lines')

/** The fields of a line that are written: what is typed, and what it is about. */
const given = (line: EditedLine, names: readonly string[], of: Document): Values =>
  Object.fromEntries(
    [...new Set(names)].flatMap((name) =>
      name in of.lines.fields && !of.lines.fields[name]!.readonly ? [[name, line[name] ?? null]] : [],
    ),
  )

const withoutEmpty = (values: Values): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))
