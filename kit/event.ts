import type { z } from 'zod'

/** Something that happened, past tense and permanent (`pos.sale.completed`), with ids and facts. */
export interface EventType<Data = unknown> {
  readonly name: string
  readonly data: z.ZodType<Data>
  /** The permission that a reader of live updates needs to see it. */
  readonly seenBy: string
  /**
   * The member of its data that names somebody whose rights or sessions are others now, or `everybody`: their open screens are
   * judged anew.
   */
  readonly rightsOf?: string
  /** The member of its data that names the one person who hears of it. */
  readonly onlyFor?: string
}

export const declaredEvents = new Map<string, EventType>()

/** Declares an event. `place` in the data limits live updates to people who may see that place. */
export function event<Data>(
  name: string,
  seenBy: string,
  data: z.ZodType<Data>,
  more: { rightsOf?: (keyof Data & string) | 'everybody'; onlyFor?: keyof Data & string } = {},
): EventType<Data> {
  const type: EventType<Data> = { name, data, seenBy, ...more }
  declaredEvents.set(name, type as EventType)
  return type
}
