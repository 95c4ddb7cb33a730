import { setImmediate } from 'node:timers/promises'

const PORTION = 50

/** `map` for what may be long: others have their turns in between, so nothing waits for a paper of a thousand lines. */
export async function inTurns<From, To>(from: readonly From[], to: (one: From, index: number) => To): Promise<To[]> {
  const all: To[] = []
  for (const [index, one] of from.entries()) {
    if (index > 0 && index % PORTION === 0) await setImmediate()
    all.push(to(one, index))
  }
  return all
}
