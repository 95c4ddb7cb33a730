import { ActionIcon, Button, SegmentedControl, Select, Textarea } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WireOf } from '#kit/entity.ts'
import { customNames } from '#kit/custom.ts'
import { call, reading } from '#kit/web/base/api.ts'
import { useAction } from '#kit/web/base/command.tsx'
import { Finder, type Findable } from '#kit/web/document/Finder.tsx'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { useOwned } from '#kit/web/entity/custom.ts'
import { rowQuery, type WireRow } from '#kit/web/entity/entity.ts'
import { changesOf, useForm, type FormState, type Values } from '#kit/web/form/form.ts'
import { LeaveGuard } from '#kit/web/look/LeaveGuard.tsx'
import { lacksOwn, OwnFields } from '#kit/web/form/OwnFields.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { PostingForm } from '#kit/web/review/PostingForm.tsx'
import { request } from '#kit/web/base/request.ts'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { usePage } from '#kit/web/base/page.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useGo, usePathParam } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { NoStorage } from '../document/NoStorage.tsx'
import type { location as storage } from '../location/location.ts'
import { coverings, stockCount } from './stock-count.ts'
import type { ShownCount } from './useCounting.tsx'
import classes from './stock-count.module.css'

interface Chosen {
  readonly id: string
  readonly name: string
}
type Storage = WireOf<typeof storage>

/** Opens a count: where, and how much of it; and changes one that nobody counts yet. */
export default function StockCountForm() {
  const { place } = useSession()
  const id = usePathParam('id')
  const { data } = useQuery(reading<{ rows: Storage[] }>('GET /inventory/locations', { kind: 'storage', limit: 200 }))
  const { data: shown, error, refetch } = useQuery({ ...rowQuery(stockCount, id), enabled: id !== '' })
  useCrumb(shown && String(shown.row['number']))
  if (error && !shown) return <Problem of={error} retry={() => void refetch()} />
  if (!data || (id && !shown)) return <PageSkeleton />
  // The place's own storage is its oldest.
  const byAge = data.rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const first = byAge.find((row) => !place || row.place === place.id) ?? byAge[0]
  return (
    <Form key={id} storages={data.rows} first={first?.id ?? null} {...(shown && { begun: shown as unknown as ShownCount })} />
  )
}

interface FormProps {
  readonly storages: readonly Storage[]
  readonly first: string | null
  readonly begun?: ShownCount
}

/** What stands on it as it was opened. */
function valuesOf({ row, lines }: ShownCount, own: readonly string[]) {
  const { location, covers, category, note } = row as WireRow
  const chosen =
    covers === 'chosen' ? [...new Map(lines.map(({ variant, name }) => [variant, { id: variant, name }])).values()] : []
  const ownValues = Object.fromEntries(own.map((name) => [name, (row as WireRow)[name] ?? null]))
  return { location, covers, category: category ?? null, note: note ?? '', chosen, ...ownValues }
}

function Form({ storages, first, begun: known }: FormProps) {
  const t = useT()
  const go = useGo()
  const { path } = usePage()
  const { user } = useSession()
  const entity = useOwned(stockCount)
  const [begun] = useState(known)
  const [start] = useState<Values>(() =>
    begun
      ? valuesOf(begun, customNames(entity))
      : { location: first, covers: 'everything', category: null, note: '', chosen: [] },
  )
  const form = useForm(start, `${user?.id}.${stockCount.name}.${begun?.row.id ?? 'new'}`)
  const { location, covers, category, note } = form.values as {
    location: string | null
    covers: string
    category: string | null
    note: string
  }
  const chosen = form.values['chosen'] as readonly Chosen[]
  const open = useAction(
    (input: Readonly<Record<string, unknown>>, key) =>
      begun
        ? request<{ id: string }>('PATCH', `${stockCount.path}/${begun.row.id}`, input, { key, ifMatch: begun.row.version })
        : call<{ id: string }>(`POST ${stockCount.path}`, input, { key }),
    {
      quiet: true,
      touches: ['inventory'],
      onDone: ({ id }) => {
        form.settle()
        go(`${stockCount.path}/${id}`, { replace: true })
      },
    },
  )
  const isSaid = location !== null && (covers !== 'category' || category !== null) && (covers !== 'chosen' || chosen.length > 0)
  const isRight = isSaid && !lacksOwn(entity, form.values)
  const articles = chosen.map(({ id }) => ({ variant: id }))
  const change = () => {
    const { chosen: other, note: said, ...head } = changesOf(start, form.values)
    const isOther = other !== undefined || 'covers' in head
    void open.run({
      ...head,
      ...(said !== undefined && { note: note.trim() || null }),
      ...(isOther && { lines: covers === 'chosen' ? articles : [] }),
    })
  }
  const send = () =>
    void open.run({
      location,
      covers,
      ...(covers === 'category' && { category }),
      ...(note.trim() && { note: note.trim() }),
      ...ownOf(entity, form.values),
      lines: covers === 'chosen' ? articles : [],
    })
  return (
    <PageBody narrow>
      <PageHead
        title={begun ? t('form.editNamed', { name: String(begun.row['number']) }) : t('stockCount.new')}
        hint={t('stockCount.newHint')}
      />
      <PostingForm onPost={() => isRight && (begun ? change() : send())}>
        <LeaveGuard when={form.isDirty && !open.isRunning} onDiscard={form.dropDraft} />
        {open.problem !== null && <ProblemNote of={open.problem} />}
        <Panel>
          <div className={classes.head}>
            <Select
              label={t('field.location')}
              required
              withAsterisk={false}
              allowDeselect={false}
              data={storages.map((row) => ({ value: row.id, label: `${row.name} · ${row.code}` }))}
              value={location}
              onChange={(next) => form.set('location', next)}
            />
            <div>
              <span id="covers" className={classes.label}>
                {t('field.inventory.stockCount.covers')}
              </span>
              <SegmentedControl
                aria-labelledby="covers"
                fullWidth
                value={covers}
                onChange={(next) => form.set('covers', next)}
                data={coverings.map((value) => ({ value, label: t(`state.inventory.stockCount.covers.${value}`) }))}
              />
            </div>
            {covers === 'category' && (
              <RefPicker
                to="catalog_category"
                label={t('field.category')}
                required
                value={category}
                onChange={(next) => form.set('category', next)}
              />
            )}
            <OwnFields entity={entity} values={form.values} onChange={form.set} problem={open.problem} refs={begun?.refs} />
            <Textarea
              className={classes.wide ?? ''}
              label={t('field.note')}
              value={note}
              maxLength={2000}
              autosize
              minRows={2}
              onChange={(event) => form.set('note', event.currentTarget.value)}
            />
          </div>
          <NoStorage back={path} known={storages.map((row) => row.place ?? null)} needsTwo={false} />
        </Panel>
        {covers === 'chosen' && <Articles form={form} location={location} chosen={chosen} />}
        <div className={classes.foot}>
          <span className={classes.sums}>{t(`stockCount.covers.${covers}`, { n: chosen.length })}</span>
          <span className={classes.acts}>
            <Button variant="default" onClick={() => go(begun ? `${stockCount.path}/${begun.row.id}` : stockCount.path)}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={!isRight || (begun !== undefined && !form.isDirty)} loading={open.isRunning}>
              {t(begun ? 'common.save' : 'stockCount.open')}
            </Button>
          </span>
        </div>
      </PostingForm>
    </PageBody>
  )
}

/** What is said in the company's own fields. */
const ownOf = (entity: typeof stockCount, values: Values) =>
  Object.fromEntries(customNames(entity).flatMap((name) => ((values[name] ?? '') === '' ? [] : [[name, values[name]]])))

/** Which articles are counted, where it is not a whole shelf or category. */
function Articles({ form, location, chosen }: { form: FormState; location: string | null; chosen: readonly Chosen[] }) {
  const t = useT()
  const add = ({ id, name }: Findable) =>
    form.set('chosen', (before: readonly Chosen[]) => (before.some((one) => one.id === id) ? before : [{ id, name }, ...before]))
  const remove = (id: string) => form.set('chosen', (before: readonly Chosen[]) => before.filter((one) => one.id !== id))
  return (
    <Panel>
      <div className={classes.finder}>
        <Finder<Findable & { sku: string }>
          route="GET /inventory/goods"
          input={location ? { location } : null}
          onFound={add}
          hint={(one) => one.sku}
        />
      </div>
      {chosen.length === 0 ? (
        <EmptyState title={t('lines.empty')}>{t('stockCount.chooseHint')}</EmptyState>
      ) : (
        <ul className={classes.chosen}>
          {chosen.map(({ id, name }) => (
            <li key={id}>
              <span className={classes.name}>{name}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={44}
                aria-label={t('lines.remove', { name })}
                onClick={() => remove(id)}
              >
                <IconX size={17} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
