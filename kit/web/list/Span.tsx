import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { DayInput } from '../input/DayInput.tsx'
import { useSession } from '../session/session.tsx'
import { useSearch } from '../base/url.tsx'
import { useT } from '../base/words.tsx'
import { daysOf, isPeriod, periods, businessDayIn } from '../session/period.ts'
import classes from './span.module.css'

/** Two business days and perhaps a place, as reports and the books take them. */
export interface Span {
  readonly from: string
  readonly to: string
  readonly place?: string
}

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text)

/** What the address asks for: `?span=lastMonth` or `?span=2026-11-01..2026-11-20`, and `?place=`; this month otherwise. */
export function useSpan(): Span {
  const { clock } = useSession()
  const [{ span = 'thisMonth', place }] = useSearch()
  const today = businessDayIn(clock)
  const [first, last] = isPeriod(span) ? daysOf(span, today) : span.split('..')
  const [month, now] = daysOf('thisMonth', today)
  const days = isDay(first) && isDay(last) ? { from: first, to: last } : { from: month, to: now }
  return { ...days, ...(place && { place }) }
}

/** The address of the same span on another page. */
export function useSpanSearch(): Readonly<Record<string, string>> {
  const [{ span, place }] = useSearch()
  return { ...(span && { span }), ...(place && { place }) }
}

/** Chooses days and place; both stand in the address. `asks` is what else is asked for, beside them. */
export function SpanBar({ asks, children }: { asks?: ReactNode; children?: ReactNode }) {
  const t = useT()
  const { from, to } = useSpan()
  const [search, setSearch] = useSearch()
  const span = search['span'] ?? 'thisMonth'
  const set = (days: [string, string]) => isDay(days[0]) && isDay(days[1]) && setSearch({ span: days.join('..') })
  return (
    <div className={classes.bar}>
      <Select
        className={classes.period ?? ''}
        aria-label={t('period.days')}
        allowDeselect={false}
        value={isPeriod(span) ? span : 'own'}
        onChange={(next) =>
          setSearch({ span: next === 'own' ? `${from}..${to}` : next === 'thisMonth' ? undefined : (next ?? '') })
        }
        data={[...periods.map((one) => ({ value: one, label: t(`period.${one}`) })), { value: 'own', label: t('period.other') }]}
      />
      {!isPeriod(span) && (
        <>
          <DayInput
            onlyDays
            className={classes.day ?? ''}
            aria-label={t('filter.from')}
            value={from}
            max={to}
            onChange={(day) => set([day ?? '', to])}
          />
          <DayInput
            onlyDays
            className={classes.day ?? ''}
            aria-label={t('filter.to')}
            value={to}
            min={from}
            onChange={(day) => set([from, day ?? ''])}
          />
        </>
      )}
      <PlaceChoice />
      {asks}
      <span className={classes.spring} />
      {children}
    </div>
  )
}

/** One place or all of them; not asked for where there is only one. */
export function PlaceChoice() {
  const t = useT()
  const { places } = useSession()
  const [{ place = '' }, setSearch] = useSearch()
  if (places.length < 2) return null
  return (
    <Select
      className={classes.period ?? ''}
      aria-label={t('field.place')}
      allowDeselect={false}
      value={place}
      onChange={(next) => setSearch({ place: next ?? undefined })}
      data={[{ value: '', label: t('shell.allPlaces') }, ...places.map((one) => ({ value: one.id, label: one.name }))]}
    />
  )
}
