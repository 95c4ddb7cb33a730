import { newId } from '#kit/id.ts'
import { declaredMessages, type MessageType } from '#kit/message.ts'
import { fill } from '#kit/problem.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import { keysOf, type Db } from '#kit/server/data/db.ts'
import { hasMail } from '../mail/mail.store.ts'
import { hasSms } from '../sms/sms.store.ts'
import { provideOutbox, type Outgoing } from '#kit/server/door/message.ts'
import { readCompany } from '#modules/places/index.ts'
import { write, type Written } from '../template/template.rules.ts'
import { wordsOf } from '../template/template.store.ts'
import { messageQueued, SECRET } from './message.ts'
import { blindIndex } from '#kit/server/data/blind.ts'
import { sealedText } from '#kit/server/vault/reseal.ts'

/** Codes and links are forgotten after this time, delivered or not: they have run out long before. */
export const SECRETS_DAYS = 7

const sealedAbout = sealedText('comms_message', 'secrets', (id) => `comms_message ${id} secrets`)

async function post(tx: Tx, type: MessageType, message: Outgoing): Promise<string> {
  const id = newId()
  const company = await readCompany(tx.db)
  const channel = message.channel ?? 'mail'
  const words = await wordsOf(tx.db, type, channel, message.locale)
  const { open, secret } = divide(type, message)
  // The secrets stay marks here, by their names, until the message leaves.
  const { subject, body } = write(words, { company: company?.name ?? 'Duka', ...open })
  const keys = keysOf(tx.db)
  await tx.db
    .insertInto('commsMessage')
    .values({
      id,
      template: type.name,
      channel,
      locale: message.locale,
      recipient: keysOf(tx.db).sealed(id, message.to),
      recipientIndex: blindIndex(tx.db, message.to),
      subject: subject || firstWords(masked({ template: type.name, body })),
      body,
      secrets: Object.keys(secret).length > 0 ? keys.seal(JSON.stringify(secret), sealedAbout(id)) : null,
      about: message.about ?? null,
      createdAt: tx.now,
    })
    .execute()
  tx.emit(messageQueued, { message: id })
  return id
}

export const outbox = provideOutbox({ post, can: (channel) => (channel === 'mail' ? hasMail() : hasSms()) })

const firstWords = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 60)

function divide(type: MessageType, { facts }: Outgoing): { open: Record<string, string>; secret: Record<string, string> } {
  const entries = Object.entries(facts)
  const isSecret = ([name]: [string, string]) => type.facts[name]?.secret === true
  return {
    open: Object.fromEntries(entries.filter((one) => !isSecret(one))),
    secret: Object.fromEntries(entries.filter(isSecret)),
  }
}

interface Kept extends Written {
  readonly id: string
  readonly secrets: string | null
}

/** The message as the person gets it. */
export async function opened(ctx: Ctx, { id, subject, body, secrets }: Kept): Promise<Written> {
  if (!secrets) return { subject, body }
  const facts = JSON.parse(ctx.database.keys.open(secrets, sealedAbout(id))) as Record<string, string>
  return write({ subject, body }, facts)
}

/** The text as others see it: a mark in the place of each secret. */
export function masked({ template, body }: { template: string; body: string }): string {
  const facts = declaredMessages.get(template)?.facts ?? {}
  return fill(body, Object.fromEntries(Object.keys(facts).map((name) => [name, SECRET])))
}

export const loadMessage = (db: Db, id: string) =>
  db.selectFrom('commsMessage').selectAll().where('id', '=', id).executeTakeFirst()

export const lockMessage = (tx: Tx, id: string) =>
  tx.db.selectFrom('commsMessage').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
