/** A fact that a message tells. A secret one (a code, a link that lets somebody in) is kept only until it is delivered. */
export interface MessageFact {
  readonly secret?: boolean
  /** Shown where somebody looks at the template. */
  readonly sample: string
}

export type MessageChannel = 'mail' | 'sms'

/** Something that the program writes to a person. Its words are `message.<name>.subject` and `.text` (`.sms` when it is sent as SMS). */
export interface MessageType<Fact extends string = string> {
  readonly name: string
  readonly facts: Readonly<Record<Fact, MessageFact>>
  readonly channels: readonly MessageChannel[]
}

export const declaredMessages = new Map<string, MessageType>()

/** `message('access.code', { code: { secret: true, sample: '482913' } })`. The name is permanent. */
export function message<const Facts extends Record<string, MessageFact>>(
  name: string,
  facts: Facts,
  channels: readonly MessageChannel[] = ['mail'],
): MessageType<keyof Facts & string> {
  const made = { name, facts, channels }
  declaredMessages.set(name, made)
  return made
}
