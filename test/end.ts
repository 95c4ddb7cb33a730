import { after } from 'node:test'

const ends: (() => unknown)[] = []
after(async () => {
  for (const end of ends.reverse()) await end()
})

/** What a test file has started is stopped when it is over, the last one first: a server before its database. */
export const onEnd = (end: () => unknown): void => void ends.push(end)
