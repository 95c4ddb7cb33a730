import type { MessageChannel, MessageType } from '../../message.ts'
import type { Ctx, Tx } from './context.ts'
import { whole, type Part } from '../../part.ts'

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
/** How messages are kept and delivered. */
interface Outbox {
  readonly post: Post
  /** Can anything leave this way, or would it only be kept? */
  can(channel: MessageChannel): boolean
}
const outboxes = whole<Outbox>()
/** The module that keeps and delivers messages says how; modules below it only post. */
export const provideOutbox = (outbox: Outbox): Part => outboxes.part(outbox)

/** Can anything leave this way, or would it only be kept? Who promises somebody a message asks first. */
export const canLeave = (channel: MessageChannel): boolean => outboxes.all()[0]?.can(channel) ?? false

/**
 * Puts a message into the outbox in the caller's transaction; it is delivered once that has been committed.
 * @returns its id
 */
export function postMessage<Fact extends string>(
  tx: Tx,
  type: MessageType<Fact>,
  message: Outgoing<NoInfer<Fact>>,
): Promise<string> {
  const [outbox] = outboxes.all()
  if (!outbox) throw new Error('no module delivers messages')
  return outbox.post(tx, type as unknown as MessageType, message)
}

type Attach = (ctx: Ctx, about: string, locale: string) => Promise<readonly Attachment[]>
const attaching = whole<{ readonly of: string; readonly attach: Attach }>()
/** What goes along with messages of a type; made when it is sent, so that the outbox keeps no files. */
export const attachTo = (type: MessageType<never>, attach: Attach): Part => attaching.part({ of: type.name, attach })
export const attachmentsOf = async (
  ctx: Ctx,
  type: string,
  about: string | null,
  locale: string,
): Promise<readonly Attachment[]> =>
  (about &&
    (await attaching
      .all()
      .find((one) => one.of === type)
      ?.attach(ctx, about, locale))) ||
  []

/** Whom a message with a secret concerns: by where it went, and by the record that it is about. */
export interface Concerned {
  readonly to: string
  readonly about: string | null
}
type Guard = (tx: Tx, message: Concerned) => Promise<void>
const guards = whole<Guard>()
/** The module that knows people refuses to open for somebody what would let them act as a person with more rights. */
export const guardSecrets = (guard: Guard): Part => guards.part(guard)
/** Refuses unless every guard lets the secret of this message be opened by whoever asks. */
export async function mayOpenSecret(tx: Tx, message: Concerned): Promise<void> {
  if (guards.all().length === 0) throw new Error('no module says whose secrets may be opened')
  for (const guard of guards.all()) await guard(tx, message)
}
