const DAY = 86_400_000

/** The last day of a month, and whether the month is over on a day. */
export function monthOf(firstDay: string, today: string): { lastDay: string; isOver: boolean } {
  const [year = 0, month = 1] = firstDay.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month, 1) - DAY).toISOString().slice(0, 10)
  return { lastDay, isOver: lastDay < today }
}
