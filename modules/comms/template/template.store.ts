import { declaredMessages, type MessageChannel, type MessageType } from '#kit/message.ts'
import type { Db } from '#kit/server/data/db.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { translate } from '#kit/words.ts'
import type { Written } from './template.rules.ts'

/** The words that the program comes with. */
export function givenWords({ name }: Pick<MessageType, 'name'>, channel: MessageChannel, locale: string): Written {
  const t = translate(serverWords(), locale)
  const raw = (key: string) => serverWords()[locale]?.[key] ?? serverWords()['en']?.[key] ?? t(key)
  return channel === 'sms'
    ? { subject: '', body: raw(`message.${name}.sms`) }
    : { subject: raw(`message.${name}.subject`), body: raw(`message.${name}.text`) }
}

/** The words that a message is written with: the company's own, or those of the program. */
export async function wordsOf(
  db: Db,
  type: Pick<MessageType, 'name'>,
  channel: MessageChannel,
  locale: string,
): Promise<Written & { isOwn: boolean }> {
  const own = await db
    .selectFrom('commsTemplate')
    .select(['subject', 'body'])
    .where('template', '=', type.name)
    .where('channel', '=', channel)
    .where('locale', '=', locale)
    .executeTakeFirst()
  if (!own) return { ...givenWords(type, channel, locale), isOwn: false }
  return { subject: own.subject ?? '', body: own.body, isOwn: true }
}

export const messageTypes = (): MessageType[] => [...declaredMessages.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
