import { ActionIcon } from '@mantine/core'
import { IconCalendarDue, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { DayInput } from '#kit/web/input/DayInput.tsx'
import { todayIn } from '#kit/web/session/period.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'

/** The last day of something that ends at its midnight. */
export const dayOf = (until: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(Date.parse(until) - 1000))

/** Midnight after a day, in the company's time: what is given until a day holds all of it. */
function endOf(day: string, timeZone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`) + 86_400_000
  // How far that zone's clock is from UTC then, told by the clock itself.
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' })
  const there = Date.parse(`${parts.format(midnight).replace(', ', 'T')}Z`)
  return new Date(midnight - (there - midnight)).toISOString()
}

/** The day until which a role is held; none is for good. */
export function DayUntil({ value, onChange }: { value: string | null; onChange: (until: string | null) => void }) {
  const t = useT()
  const { timeZone } = useSession()
  const [isOpen, setOpen] = useState(value !== null)
  if (!isOpen)
    return (
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('users.setUntil')}
        title={t('users.setUntil')}
        onClick={() => setOpen(true)}
      >
        <IconCalendarDue size={17} />
      </ActionIcon>
    )
  return (
    <DayInput
      onlyDays
      aria-label={t('users.until')}
      min={todayIn(timeZone)}
      value={value === null ? '' : dayOf(value, timeZone)}
      onChange={(day) => onChange(day ? endOf(day, timeZone) : null)}
      rightSection={
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('users.noUntil')}
          onClick={() => {
            onChange(null)
            setOpen(false)
          }}
        >
          <IconX size={14} />
        </ActionIcon>
      }
    />
  )
}
