import { Button, CloseButton } from '@mantine/core'
import { useMemo, useState } from 'react'
import { filterField, type Entity } from '../../entity.ts'
import { Bubble } from '../look/Bubble.tsx'
import { choiceLabel, fieldLabel, targetOf, type Refs } from '../entity/entity.ts'
import { useFormat, type Format } from '../session/format.ts'
import { useTitles } from '../entity/RefPicker.tsx'
import { useSearch } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'
import type { Translate } from '../../words.ts'
import { FilterEditor } from './FilterEditor.tsx'
import { isPeriod } from '../session/period.ts'
import { filtersOf } from './rows.ts'
import classes from './list.module.css'

/** The filters that hold, each to be changed or taken off. */
export function Chips({ entity, refs }: { entity: Entity; refs: Refs }) {
  const [search, setSearch] = useSearch()
  const filters = Object.entries(filtersOf(entity, search))
  if (filters.length === 0) return null
  const clear = () => setSearch({ ...Object.fromEntries(filters.map(([name]) => [name, undefined])), q: undefined })
  return (
    <div className={classes.chips}>
      {filters.map(([name, value]) => (
        <Chip key={name} entity={entity} name={name} value={value} refs={refs} onChange={(next) => setSearch({ [name]: next })} />
      ))}
      <Button variant="subtle" size="compact-sm" color="gray" onClick={clear}>
        <T k="filter.clear" />
      </Button>
    </div>
  )
}

function Chip({
  entity,
  name,
  value,
  refs,
  onChange,
}: {
  entity: Entity
  name: string
  value: string
  refs: Refs
  onChange: (value: string | undefined) => void
}) {
  const t = useT()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const label = name === 'archived' ? t('filter.archived') : fieldLabel(t, entity, name)
  // What rows are filtered by need not stand on them.
  const field = filterField(entity, name)
  const ids = useMemo(() => (field?.kind === 'ref' ? value.split(',').filter((one) => one !== 'none') : []), [field, value])
  const titles = useTitles(field && targetOf(field), ids, refs)
  const text = name === 'archived' ? t(`filter.archived.${value}`) : filterText(entity, name, value, titles, t, format)
  return (
    <span className={classes.chip}>
      <Bubble
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        target={
          <button type="button" className={classes.chipText} onClick={() => name !== 'archived' && setOpen(!isOpen)}>
            <span className={classes.faint}>{label}</span> <bdi>{text}</bdi>
          </button>
        }
      >
        <FilterEditor entity={entity} name={name} value={value} refs={refs} onChange={onChange} onClose={() => setOpen(false)} />
      </Bubble>
      <CloseButton size={24} iconSize={12} aria-label={t('filter.remove', { name: label })} onClick={() => onChange(undefined)} />
    </span>
  )
}

/** A filter in words: "Nairobi, Mombasa", "from 1 Nov 2026", "this month". */
export function filterText(entity: Entity, name: string, value: string, refs: Refs, t: Translate, format: Format): string {
  const { kind, shows } = filterField(entity, name) ?? {}
  if (isPeriod(value)) return t(`period.${value}`)
  if (value.includes('..')) {
    const show = (bound: string) =>
      kind === 'money'
        ? format.money(bound)
        : kind === 'quantity'
          ? format.quantity(bound)
          : kind === 'rate'
            ? format.rate(bound)
            : kind === 'integer'
              ? shows === 'hour'
                ? format.hour(Number(bound))
                : format.number(Number(bound))
              : format.day(bound)
    const [from, to] = value.split('..')
    if (from && from === to) return show(from)
    return from && to
      ? `${show(from)} – ${show(to)}`
      : from
        ? t('filter.since', { value: show(from) })
        : t('filter.until', { value: show(to ?? '') })
  }
  const one = (part: string) => {
    if (part === 'none') return t('filter.none')
    if (kind === 'flag') return t(part === 'true' ? 'common.yes' : 'common.no')
    if (kind === 'texts') return choiceLabel(t, entity, name, part)
    if (kind === 'ref') return refs[part] ?? part.slice(0, 8)
    return kind === 'choice' ? choiceLabel(t, entity, name, part) : part
  }
  return value.split(',').map(one).join(', ')
}
