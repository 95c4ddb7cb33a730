import type { MessageChannel, MessageType } from '../message.ts'
import type { Ctx, Tx } from './context.ts'

/** One message to one person. */
export interface Outgoing<Fact extends string = string> {
  /** An e-mail address, or a telephone number in E.164 for an SMS. */
  readonly to: string
  readonly channel?: MessageChannel
  readonly locale: string
  readonly facts: Readonly<Record<Fact, string>>
  /** The record that it is about; attachments are made from it. */
  readonly about?: string
}

export interface Attachment {
  readonly filename: string
  readonly content: Buffer
  readonly contentType: string
}

type Post = (tx: Tx, type: MessageType, message: Outgoing) => Promise<string>
let outbox: Post | undefined
/** The module that keeps and delivers messages says how; modules below it only post. */
export const provideOutbox = (post: Post): void => {
  outbox = post
}

let leaving: (() => Readonly<Record<'mail' | 'sms', boolean>>) | undefined
export const provideLeaving = (tell: () => Readonly<Record<'mail' | 'sms', boolean>>): void => {
  leaving = tell
}
/** Can anything leave this way, or would it only be kept? Who promises somebody a message asks first. */
export const canLeave = (channel: 'mail' | 'sms'): boolean => leaving?.()[channel] ?? false

/**
 * Puts a message into the outbox in the caller's transaction; it is delivered once that has been committed.
 * @returns its id
 */
export function postMessage<Fact extends string>(
  tx: Tx,
  type: MessageType<Fact>,
  message: Outgoing<NoInfer<Fact>>,
): Promise<string> {
  if (!outbox) throw new Error('no module delivers messages')
  return outbox(tx, type as unknown as MessageType, message)
}

type Attach = (ctx: Ctx, about: string, locale: string) => Promise<readonly Attachment[]>
const attaching = new Map<string, Attach>()
/** What goes along with messages of a type; made when it is sent, so that the outbox keeps no files. */
export const attachTo = (type: MessageType<never>, attach: Attach): void => void attaching.set(type.name, attach)
export const attachmentsOf = async (
  ctx: Ctx,
  type: string,
  about: string | null,
  locale: string,
): Promise<readonly Attachment[]> => (about ? ((await attaching.get(type)?.(ctx, about, locale)) ?? []) : [])

/** Whom a message with a secret concerns: by where it went, and by the record that it is about. */
export interface Concerned {
  readonly to: string
  readonly about: string | null
}
type Guard = (tx: Tx, message: Concerned) => Promise<void>
const guards: Guard[] = []
/** The module that knows people refuses to open for somebody what would let them act as a person with more rights. */
export const guardSecrets = (guard: Guard): void => void guards.push(guard)
/** Refuses unless every guard lets the secret of this message be opened by whoever asks. */
export async function mayOpenSecret(tx: Tx, message: Concerned): Promise<void> {
  if (guards.length === 0) throw new Error('no module says whose secrets may be opened')
  for (const guard of guards) await guard(tx, message)
}
