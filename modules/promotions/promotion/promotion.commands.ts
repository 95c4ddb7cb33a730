import { act } from '#kit/server/document/act.ts'
import { refuseNever } from './promotion.store.ts'
import { promotion } from './promotion.ts'

/** From its first day on it holds, by the clock of its place. What was written long ago may be over by now. */
export const schedulePromotion = act(promotion, 'schedule', {
  verbs: ['begin'],
  async run(tx, { row, lines }) {
    const today = await refuseNever(tx, row, lines)
    return { verb: row.validFrom === null || row.validFrom <= today ? 'begin' : 'schedule' }
  },
})

export const pausePromotion = act(promotion, 'pause')

export const resumePromotion = act(promotion, 'resume', {
  async run(tx, { row, lines }) {
    await refuseNever(tx, row, lines)
  },
})

export const endPromotion = act(promotion, 'end')
