import { setImmediate } from 'node:timers/promises'

const TURN_MS = 10

/** Gives others their turn, when it is called after one that has lasted long enough; nothing to wait for otherwise. */
export function turns(): () => Promise<void> | undefined {
  let begun = performance.now()
  const rest = async () => {
    await setImmediate()
    begun = performance.now()
  }
  return () => (performance.now() - begun > TURN_MS ? rest() : undefined)
}

/** `map` for what may be long: others have their turns in between, so nothing waits for a paper of a thousand lines. */
export async function inTurns<From, To>(from: readonly From[], to: (one: From, index: number) => To): Promise<To[]> {
  const all: To[] = []
  const rest = turns()
  for (const [index, one] of from.entries()) {
    const others = rest()
    if (others) await others
    all.push(to(one, index))
  }
  return all
}

/** Groups as `Map.groupBy` does, in turns. */
export async function groupInTurns<Item>(items: readonly Item[], keyOf: (item: Item) => string): Promise<Map<string, Item[]>> {
  const groups = new Map<string, Item[]>()
  await inTurns(items, (item) => {
    const key = keyOf(item)
    const all = groups.get(key)
    if (all) all.push(item)
    else groups.set(key, [item])
  })
  return groups
}
