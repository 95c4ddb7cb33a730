import { z } from 'zod'
import { mayStep } from '#kit/machine.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import { mayOpenSecret } from '#kit/server/door/message.ts'
import { messageLife, MessageProblem, messageQueued, messageSettled, SECRET, outgoing } from './message.ts'
import { lockMessage, masked, opened } from './message.store.ts'
import { step } from '#kit/server/door/step.ts'

/** Sends a message again that failed or was kept. One whose code is gone would arrive without it, so it is refused. */
export const resendMessage = command({
  name: 'comms.resendMessage',
  can: messageLife.steps.resend.can,
  takes: ['comms.message:resend'],
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const found = await lockMessage(tx, id)
    if (!found) throw CommonProblem.notFound()
    await step(tx, outgoing, found, 'resend', { attempts: 0, error: null, settledAt: null })
    if (!found.secrets && masked(found).includes(SECRET)) throw MessageProblem.gone()
    tx.emit(messageQueued, { message: id })
    return { queued: true }
  },
})

/**
 * Opens the code or link of a message that was kept, because there is no server to send it. Whoever may do this can
 * become anybody with no more rights than their own, so it is a command, stands in the trail, and works for kept messages only.
 */
export const revealMessage = command({
  name: 'comms.revealMessage',
  can: 'comms.message.reveal',
  stepUp: true,
  shownOnce: true,
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const found = await lockMessage(tx, id)
    if (!found || found.state !== 'kept') throw CommonProblem.notFound()
    if (!masked(found).includes(SECRET)) throw MessageProblem.nothing()
    if (!found.secrets) throw MessageProblem.gone()
    await mayOpenSecret(tx, { to: found.recipient, about: found.about })
    tx.about('comms_message', id)
    return opened(tx.ctx, found)
  },
})

/** How an attempt at delivery went. */
export type Outcome = { readonly verb: 'deliver' | 'keep' } | { readonly verb: 'fail' | null; readonly error: string }

/** Notes how an attempt at delivery went. A code that has arrived is forgotten here. */
export const settleMessage = command({
  name: 'comms.settleMessage',
  can: 'comms.message.resend',
  internal: true,
  untrailed: true,
  input: z.object({ id: z.uuid(), outcome: z.custom<Outcome>() }),
  async run(tx, { id, outcome }) {
    const found = await lockMessage(tx, id)
    const { verb } = outcome
    if (!found || (verb && !mayStep(messageLife, verb, found.state))) return
    const tried = { attempts: found.attempts + 1, error: 'error' in outcome ? outcome.error : null }
    if (verb) await step(tx, outgoing, found, verb, { ...tried, settledAt: tx.now, ...(verb === 'deliver' && { secrets: null }) })
    else await tx.db.updateTable('commsMessage').set(tried).where('id', '=', id).execute()
    tx.emit(messageSettled, { message: id })
  },
})
