import { on } from '#kit/server/door/job.ts'
import { scheduled } from '#kit/server/door/scheduled.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { attachmentsOf } from '#kit/server/door/message.ts'
import { hasMail, sendMail } from '../mail/mail.store.ts'
import { hasSms, sendSms, SmsRefused } from '../sms/sms.store.ts'
import { settleMessage } from './message.commands.ts'
import { messageQueued } from './message.ts'
import { loadMessage, opened, SECRETS_DAYS } from './message.store.ts'

type Found = NonNullable<Awaited<ReturnType<typeof loadMessage>>>

/**
 * Hands a message to its server: three attempts, the queue waits 2.7 and 7.4 seconds between them. It may arrive twice
 * where a process dies between the server's yes and our note of it.
 */
export const deliver = on(messageQueued, {
  name: 'comms.deliver',
  attempts: 3,
  async run(ctx, { message: id }, isLast) {
    const found = await loadMessage(ctx.database.db, id)
    if (found?.state !== 'queued') return
    if (found.channel === 'mail' ? !hasMail() : !hasSms()) return settleMessage(ctx, { id, outcome: { verb: 'keep' } })
    const error = await send(ctx, found)
    if (error === undefined) return settleMessage(ctx, { id, outcome: { verb: 'deliver' } })
    const isOver = isLast || isForGood(error)
    await settleMessage(ctx, { id, outcome: { verb: isOver ? 'fail' : null, error: sentenceOf(error) } })
    if (!isOver) throw error
  },
})

/** @returns what went wrong, or nothing */
async function send(ctx: Ctx, found: Found): Promise<unknown> {
  try {
    const { subject, body } = await opened(ctx, found)
    if (found.channel === 'sms') return await sendSms(found.recipient, body)
    const attachments = await attachmentsOf(ctx, found.template, found.about, found.locale)
    return await sendMail({ id: found.id, to: found.recipient, subject, text: body, attachments })
  } catch (error) {
    return error ?? new Error('the message could not be sent')
  }
}

// A mail server's 5xx is its last word (RFC 5321, 4.2.1); everything else may pass.
const isForGood = (error: unknown): boolean =>
  error instanceof SmsRefused || ((error as { responseCode?: number }).responseCode ?? 0) >= 500
const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 500)

/** Codes and links in messages that never left are forgotten when they have run out. */
export const forgetSecrets = scheduled('comms.forgetSecrets', {
  every: { daily: '03:17' },
  run: (ctx) =>
    ctx.database.db
      .updateTable('commsMessage')
      .set({ secrets: null })
      .where('secrets', 'is not', null)
      .where('createdAt', '<', ctx.now.subtract({ hours: SECRETS_DAYS * 24 }))
      .execute(),
})
