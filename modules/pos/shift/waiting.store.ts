import { doneOften } from '#kit/server/record/today.ts'
import { waitsIn } from '#kit/server/list/waiting.ts'
import { shift } from './shift.ts'

const dayBefore = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/** Tills that nobody closed, and drawers that held another amount than they should. */
export const tillsWait = [
  waitsIn(shift, 'tillsLeftOpen', {
    can: 'pos.shift.others',
    isLate: true,
    filters: (today) => ({ state: 'open', businessDay: `..${dayBefore(today)}` }),
  }),
  waitsIn(shift, 'tillsDiffer', {
    can: 'pos.shift.count',
    filters: (today) => ({ differs: 'true', businessDay: `${dayBefore(today)}..${today}` }),
  }),
  ...['pos.completeSale', 'pos.parkBasket', 'pos.resumeBasket', 'pos.agreeBasket'].map(doneOften),
]
