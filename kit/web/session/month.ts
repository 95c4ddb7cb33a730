import { useLanguage, useT } from '../base/words.tsx'

/** "November 2026", of the first day of a month. */
export function useMonthName(): (firstDay: string) => string {
  const { locale } = useT()
  const { digits } = useLanguage()
  return (firstDay) =>
    new Intl.DateTimeFormat(locale, {
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
      calendar: 'gregory',
      numberingSystem: digits,
    }).format(new Date(firstDay))
}
