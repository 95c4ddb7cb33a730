import { useDirection } from '@mantine/core'
import { DatePicker, type DayOfWeek } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { formatDay, formatNumber } from '../../words.ts'
import { businessDayIn } from '../session/period.ts'
import { useSession } from '../session/session.tsx'
import { useLanguage, useT } from '../base/words.tsx'
import classes from './day.module.css'

interface CalendarProps {
  readonly value: string | null
  readonly min?: string | undefined
  readonly max?: string | undefined
  readonly onChoose: (day: string) => void
}

const SWAPPED: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }

/** A month to choose a day from: by mouse, finger, or arrow keys; in the reader's words, digits, and direction. */
export function Calendar({ value, min, max, onChoose }: CalendarProps) {
  const t = useT()
  const { digits } = useLanguage()
  const { clock } = useSession()
  const { dir } = useDirection()
  const frame = useRef<HTMLDivElement>(null)
  const today = businessDayIn(clock)
  const named = (options: Intl.DateTimeFormatOptions) => {
    const spoken = t.locale === 'en' ? 'en-GB' : t.locale
    const format = new Intl.DateTimeFormat(spoken, { calendar: 'gregory', numberingSystem: digits, timeZone: 'UTC', ...options })
    return (day: string) => format.format(new Date(`${day.slice(0, 10)}T00:00:00Z`))
  }
  const figure = (day: string) => formatNumber(Number(day.slice(8, 10)), t.locale, digits)
  const year = named({ year: 'numeric' })
  useEffect(() => frame.current?.querySelector<HTMLElement>('table button[tabindex="0"]')?.focus(), [])
  // Where people read from the right, the day on the left is the next one.
  const turn = (event: KeyboardEvent) => {
    const key = SWAPPED[event.key]
    if (dir !== 'rtl' || !key || !event.nativeEvent.isTrusted) return
    event.preventDefault()
    event.stopPropagation()
    event.target.dispatchEvent(new window.KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }))
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its buttons hear the keys
    <div ref={frame} role="dialog" aria-label={t('day.calendar')} className={classes.calendar} onKeyDownCapture={turn}>
      <DatePicker
        value={value}
        onChange={(day) => day && onChoose(day.slice(0, 10))}
        allowDeselect={false}
        defaultDate={value ?? (max && max < today ? max : today)}
        {...(min && { minDate: min })}
        {...(max && { maxDate: max })}
        firstDayOfWeek={firstDayOf(t.locale)}
        highlightToday
        hideOutsideDates
        weekendDays={[]}
        __stopPropagation
        renderDay={figure}
        getDayAriaLabel={(day) => formatDay(day, { locale: t.locale, digits, style: 'long' })}
        weekdayFormat={named({ weekday: 'narrow' })}
        monthLabelFormat={named({ month: 'long', year: 'numeric' })}
        monthsListFormat={named({ month: 'short' })}
        yearLabelFormat={year}
        yearsListFormat={year}
        decadeLabelFormat={(from, to) => `${year(from)} – ${year(to)}`}
        ariaLabels={{
          previousMonth: t('day.monthBefore'),
          nextMonth: t('day.monthAfter'),
          previousYear: t('day.yearBefore'),
          nextYear: t('day.yearAfter'),
          previousDecade: t('day.yearsBefore'),
          nextDecade: t('day.yearsAfter'),
        }}
      />
    </div>
  )
}

/** 0 is Sunday. A browser that does not know begins on Monday. */
function firstDayOf(locale: string): DayOfWeek {
  const of = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } }
  return ((of.getWeekInfo?.().firstDay ?? 1) % 7) as DayOfWeek
}
