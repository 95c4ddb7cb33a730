import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import { asIn, type Entity, changeSchema, createSchema, isThere, visibleFields, type Field as FieldFacts } from '../../entity.ts'
import { isCustom } from '../../custom.ts'
import { newId } from '../../id.ts'
import { ConflictDialog, type Conflict } from './ConflictDialog.tsx'
import type { PriceUnit } from '../../quantity.ts'
import { useOwned } from '../entity/custom.ts'
import { fieldLabel, type Refs, type WireRow } from '../entity/entity.ts'
import { Field, ShownField } from './Field.tsx'
import { changesOf, useForm, type FormState, type Values } from './form.ts'
import { LeaveGuard } from '../look/LeaveGuard.tsx'
import { useFormat } from '../session/format.ts'
import { ProblemNote } from '../look/parts.tsx'
import { refresh } from '../base/query.ts'
import { Sections } from '../entity/Sections.tsx'
import { isProblem, request } from '../base/request.ts'
import { useSession } from '../session/session.tsx'
import { T, useT } from '../base/words.tsx'
import classes from '../entity/form.module.css'

export interface EntityFormProps {
  readonly entity: Entity
  /** The row to change; without one a new row is made. */
  readonly row?: WireRow
  readonly refs?: Refs
  /** What a new row begins with. */
  readonly initial?: Values
  /** Which fields, in which order; all writable ones otherwise. */
  readonly fields?: readonly string[]
  /** Inputs made by hand, by field. */
  readonly inputs?: Readonly<Record<string, (form: FormState) => ReactNode>>
  readonly onSaved: (id: string) => void
  readonly onCancel?: () => void
  /** Other areas whose screens show something else after saving. */
  readonly touches?: readonly string[]
  /** What stands below the fields. */
  readonly children?: (form: FormState) => ReactNode
}

const WIDE = new Set(['longText', 'texts', 'json'])

/** The form of an entity: an input per field by its kind, the schema of the server, a draft, and a way out of conflicts. */
export function EntityForm({
  entity: declared,
  row: latest,
  refs,
  initial,
  fields: wanted,
  inputs = {},
  onSaved,
  onCancel,
  touches = [],
  children,
}: EntityFormProps) {
  const t = useT()
  const format = useFormat()
  const owned = useOwned(declared)
  const { may, user } = useSession()
  // The row as it was when the form opened: what others change meanwhile must not look like a change of this person.
  const [row] = useState(latest)
  const entity = useMemo(() => (row ? asIn(owned, row) : owned), [owned, row])
  const isFixed = useCallback((name: string) => row !== undefined && entity.fields[name]?.fixed === true, [entity, row])
  const fields = useMemo(
    () =>
      chosenFields(settableFields(owned, may), wanted, row !== undefined).filter(
        ([name]) => !isFixed(name) || isThere(row?.[name]),
      ),
    [owned, may, wanted, row, isFixed],
  )
  const start = useMemo(
    () =>
      startOf(
        fields.filter(([name]) => !isFixed(name)),
        row,
        initial,
      ),
    [fields, isFixed, row, initial],
  )
  // Data about persons stays out of the browser's storage, and what is fixed by now is no draft any more.
  const unkept = useMemo(
    () => fields.filter(([name, field]) => field.sealed || field.personal || !(name in start)).map(([name]) => name),
    [fields, start],
  )
  const form = useForm(start, `${user?.id}.${entity.name}.${row?.id ?? 'new'}`, unkept)
  const [id] = useState(() => row?.id ?? newId())
  const [reason, setReason] = useState('')
  const needsReason = entity.reasoned === true && row !== undefined
  const { save, problem, isSaving, conflicts, settleConflict, dropConflict } = useSave(entity, form, {
    id,
    row,
    start,
    reason,
    touches,
    onSaved,
  })

  // "Price / 100": what is typed is for as many units as the price that stands there.
  const perOf = ({ per }: FieldFacts) => (per && row ? format.per((row[per] ?? '1') as PriceUnit) : '')

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <LeaveGuard when={form.isDirty && !isSaving} onDiscard={form.dropDraft} />
      {form.fromDraft && form.isDirty && (
        <div className={classes.draft}>
          <span>
            <T k="form.draftRestored" />
          </span>
          <Button variant="subtle" size="compact-sm" onClick={form.dropDraft}>
            <T k="form.discardDraft" />
          </Button>
        </div>
      )}
      {problem !== null && <ProblemNote of={problem} />}
      <Sections of={entity} fields={fields} isWrong={(name) => name in form.errors}>
        {(some) => (
          <div className={classes.fields}>
            {some.map(([name, field]) => (
              <div key={name} className={WIDE.has(field.kind) ? classes.wide : undefined} data-field={name}>
                {isFixed(name) ? (
                  <ShownField entity={entity} name={name} row={row!} refs={refs} />
                ) : (
                  (inputs[name]?.(form) ?? (
                    <Field
                      entity={entity}
                      name={name}
                      value={form.values[name]}
                      onChange={(value) => form.set(name, value)}
                      error={form.errors[name]}
                      autoFocus={name === fields[0]?.[0] && !row}
                      {...(perOf(field) && { label: `${fieldLabel(t, entity, name)} ${perOf(field)}` })}
                      {...(refs && { refs })}
                    />
                  ))
                )}
              </div>
            ))}
          </div>
        )}
      </Sections>
      {children?.(form)}
      {needsReason && (
        <TextInput
          label={t('form.reason')}
          description={t('form.reasonHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          maxLength={300}
          mt="md"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className={classes.actions}>
        <Button
          type="submit"
          loading={isSaving}
          disabled={(row !== undefined && !form.isDirty) || (needsReason && reason.trim().length < 3)}
        >
          {t(row ? 'common.save' : 'common.add')}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            <T k="common.cancel" />
          </Button>
        )}
      </div>
      {conflicts && <ConflictDialog entity={entity} conflicts={conflicts} onSettle={settleConflict} onClose={dropConflict} />}
    </form>
  )
}

const settableFields = (entity: Entity, may: (permission: string) => boolean) =>
  visibleFields(entity, may).filter(([, field]) =>
    [field.setBy, field.personal].every((permission) => !permission || may(permission)),
  )

function chosenFields(
  visible: [string, FieldFacts][],
  wanted: readonly string[] | undefined,
  exists: boolean,
): [string, FieldFacts][] {
  const writable = visible.filter(([, field]) => !field.readonly && !(exists && field.fixed) && field.kind !== 'json')
  if (!wanted) return writable
  // A form that chooses its fields has those of the company's own after them.
  const own = writable.filter(([name]) => isCustom(name)).map(([name]) => name)
  return [...wanted, ...own].flatMap((name) => writable.filter(([one]) => one === name))
}

const startOf = (fields: readonly [string, FieldFacts][], row: WireRow | undefined, initial: Values | undefined): Values =>
  Object.fromEntries(
    fields.map(([name, field]) => [
      name,
      row ? (row[name] ?? null) : (initial?.[name] ?? field.initial ?? (field.kind === 'flag' ? false : null)),
    ]),
  )

interface SaveOptions {
  readonly id: string
  readonly row: WireRow | undefined
  readonly start: Values
  readonly reason: string
  readonly touches: readonly string[]
  readonly onSaved: (id: string) => void
}

function useSave(entity: Entity, form: FormState, { id, row, start, reason, touches, onSaved }: SaveOptions) {
  const t = useT()
  const [problem, setProblem] = useState<unknown>(null)
  const [isSaving, setSaving] = useState(false)
  const [conflicts, setConflicts] = useState<readonly Conflict[] | null>(null)
  // Pressing save again after the network failed is the same action, so it carries the same key.
  const key = useRef({ content: '', key: '' })

  const send = async (values: Values, version: number | undefined): Promise<void> => {
    const because = entity.reasoned && row ? { because: reason.trim() } : {}
    const body = row ? { ...changesOf(start, values), ...because } : { id, ...withoutEmpty(values) }
    const content = JSON.stringify([body, version])
    if (key.current.content !== content) key.current = { content, key: newId() }
    setSaving(true)
    setProblem(null)
    try {
      if (row) await request('PATCH', `${entity.path}/${id}`, body, { ifMatch: version, key: key.current.key })
      else await request('POST', entity.path, body, { key: key.current.key })
      form.settle()
      notifications.show({ message: t(row ? 'form.saved' : 'form.added', { thing: t.of('entity', entity.name) }) })
      await refresh([entity.name.split('.')[0] ?? '', ...touches])
      onSaved(id)
    } catch (error) {
      if (isProblem(error, 'kit.changedMeanwhile') && Array.isArray(error.details)) setConflicts(error.details as Conflict[])
      else if (!form.refuse(error)) setProblem(error)
    } finally {
      setSaving(false)
    }
  }
  const save = async () => {
    if (form.check(row ? changeSchema(entity) : createSchema(entity))) await send(form.values, row?.version)
    else focusFirstError()
  }
  const settleConflict = async (kept: Values) => {
    setConflicts(null)
    const now = await request<{ row: WireRow }>('GET', `${entity.path}/${id}`)
    const values = { ...form.values, ...kept }
    form.replace(values)
    await send(values, now.row.version)
  }
  return { save, problem, isSaving, conflicts, settleConflict, dropConflict: () => setConflicts(null) }
}

const withoutEmpty = (values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))

const focusFirstError = () =>
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[data-field] [aria-invalid="true"], [data-field] [data-error]')?.focus(),
  )
