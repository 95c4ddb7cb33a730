import type { MessageType } from '#kit/message.ts'
import { fill } from '#kit/problem.ts'

export interface Written {
  readonly subject: string
  readonly body: string
}

/** Facts that a text names and the message does not have: a mistyped name would reach a person as it stands. */
export const unknownFacts = (type: Pick<MessageType, 'facts'>, text: string): string[] => [
  ...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).filter((name) => !isFact(type, name))),
]
const isFact = (type: Pick<MessageType, 'facts'>, name: string) => name in type.facts || name === 'company'

/** Facts that must stand in the text, because without them the message is of no use: its codes and links. */
export const missingFacts = (type: Pick<MessageType, 'facts'>, text: string): string[] =>
  Object.entries(type.facts)
    .filter(([name, fact]) => fact.secret && !text.includes(`{${name}}`))
    .map(([name]) => name)

// A line break in a subject would begin another header.
const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

/** The words of a message with its facts in them. */
export const write = (words: Written, facts: Readonly<Record<string, string>>): Written => ({
  subject: oneLine(fill(words.subject, facts)).slice(0, 300),
  body: fill(words.body, facts),
})
