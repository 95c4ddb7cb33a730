import { ActionIcon, TextInput } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { lazy, Suspense, useRef, useState, type KeyboardEvent } from 'react'
import { dayWriting, isDay, readDay, readTime, showDay } from '../../day.ts'
import { localDigits } from '../../words.ts'
import { Bubble } from '../look/Bubble.tsx'
import type { InputProps } from './figures.tsx'
import { clockAt, momentOn } from '../session/period.ts'
import { useSession } from '../session/session.tsx'
import { useLanguage, useT } from '../base/words.tsx'
import classes from './day.module.css'

// The calendar comes with its first opening: a till has no use for it.
const Calendar = lazy(async () => ({ default: (await import('./Calendar.tsx')).Calendar }))

export interface DayInputProps extends InputProps<string> {
  readonly min?: string
  readonly max?: string
  /** For filters: what is no day is not handed on. */
  readonly onlyDays?: boolean
}

/**
 * A calendar day, as ISO text; typed and shown as the reader's language writes it. What is typed and no day is handed on as it is,
 * so that the schema refuses it. The button opens a calendar, and so does the arrow down.
 */
export function DayInput({ value, onChange, min, max, onlyDays = false, onKeyDown, onBlur, ...rest }: DayInputProps) {
  const t = useT()
  const { digits } = useLanguage()
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  // Whoever came by the keyboard goes on in the field; a finger there would call up the keys of the screen.
  const byKey = useRef(false)
  const writing = dayWriting(t.locale)
  const shown = typed ?? (value ? showDay(value, t.locale, digits) : '')
  const give = (text: string, left: boolean) => {
    if (text.trim() === '') return onChange(null)
    const day = readDay(text, t.locale, { left })
    if (day !== undefined) onChange(day)
    else if (!onlyDays) onChange(text)
  }
  const leave = () => {
    if (typed !== null) give(typed, true)
    setTyped(null)
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' && !event.defaultPrevented) {
      event.preventDefault()
      event.stopPropagation()
      leave()
      byKey.current = true
      return setOpen(true)
    }
    // A year of two figures is one when the form is sent.
    if (event.key === 'Enter') leave()
    onKeyDown?.(event)
  }
  const close = () => {
    setOpen(false)
    if (byKey.current) field.current?.focus()
    byKey.current = false
  }
  const choose = (day: string) => {
    onChange(day)
    setTyped(null)
    close()
  }
  return (
    <Bubble
      ofField
      isOpen={isOpen}
      onClose={close}
      target={
        <TextInput
          autoComplete="off"
          inputMode="numeric"
          placeholder={writing.order.map((part) => t(`day.part.${part}`)).join(writing.sign)}
          {...rest}
          ref={field}
          classNames={{ root: rest.className ?? '', input: classes.input ?? '', section: classes.section ?? '' }}
          className=""
          data-day={isDay(value) ? value : ''}
          // Told where it was typed, not when all of it is sent.
          error={rest.error ?? (typed === null && value && !isDay(value) ? t('day.none') : undefined)}
          value={shown}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            give(event.currentTarget.value, false)
          }}
          onKeyDown={keys}
          onBlur={(event) => {
            leave()
            onBlur?.(event)
          }}
          rightSection={
            <>
              {rest.rightSection}
              <ActionIcon
                variant="subtle"
                color="gray"
                size="md"
                tabIndex={-1}
                disabled={rest.disabled ?? false}
                aria-label={t('day.calendar')}
                aria-haspopup="dialog"
                aria-expanded={isOpen}
                onClick={() => setOpen(!isOpen)}
              >
                <IconCalendar size={16} stroke={1.7} />
              </ActionIcon>
            </>
          }
          rightSectionWidth={rest.rightSection ? 'calc(2 * var(--duka-control))' : 'var(--duka-control)'}
        />
      }
    >
      <Suspense fallback={<div className={classes.waiting} />}>
        <Calendar value={isDay(value) ? value : null} min={min} max={max} onChoose={choose} />
      </Suspense>
    </Bubble>
  )
}

/** A moment, typed as the pages show it, on the clock of the place; the value is ISO text in UTC. */
export function InstantInput({ value, onChange, label, description, error, required, disabled }: InputProps<string>) {
  const t = useT()
  const { digits } = useLanguage()
  const [typed, setTyped] = useState<string | null>(null)
  const { timeZone } = useSession()
  const [day = '', time = '00:00'] = value ? partsOf(value, timeZone) : []
  const shown = { label, description, error, required: required ?? false, disabled: disabled ?? false, withAsterisk: false }
  const set = (nextDay: string | null, nextTime: string) => onChange(nextDay ? momentOf(nextDay, nextTime, timeZone) : null)
  const leave = () => {
    const read = typed === null ? undefined : readTime(typed)
    if (read) set(day, read)
    setTyped(null)
  }
  return (
    <div className={classes.moment}>
      <DayInput {...shown} value={day} onChange={(next) => set(next, time)} />
      <TextInput
        aria-label={t('day.time')}
        autoComplete="off"
        inputMode="numeric"
        disabled={disabled || !isDay(day)}
        classNames={{ input: classes.time ?? '' }}
        placeholder="00:00"
        value={typed ?? (isDay(day) ? localDigits(time, digits) : '')}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          const read = readTime(event.currentTarget.value)
          if (read && /^\D*\d{2}\D?\d{2}$/.test(event.currentTarget.value)) set(day, read)
        }}
        onKeyDown={(event) => event.key === 'Enter' && leave()}
        onBlur={leave}
      />
    </div>
  )
}

/** Day and time of a moment; what is no moment yet stands where the day stands. */
function partsOf(value: string, timeZone: string): [string, string?] {
  const at = new Date(value)
  if (!/^\d{4}-\d\d-\d\dT/.test(value) || Number.isNaN(at.getTime())) return [value]
  return clockAt(at, timeZone)
}

const momentOf = (day: string, time: string, timeZone: string): string =>
  isDay(day) ? momentOn(day, time, timeZone).toISOString() : day
