import { CommonProblem } from '../../problem.ts'

/**
 * A queue for work that takes much of the processor: so many at once, so many that wait, and whoever comes then is told to come
 * again. A flood of it leaves the tills theirs.
 * @throws `kit.busy`
 */
export function lane({ at: lanes, waiting: most }: { at: number; waiting: number }): <T>(work: () => Promise<T>) => Promise<T> {
  let busy = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (waiting.length >= most) throw CommonProblem.busy()
    if (busy >= lanes) await new Promise<void>((resolve) => waiting.push(resolve))
    busy += 1
    try {
      return await work()
    } finally {
      busy -= 1
      waiting.shift()?.()
    }
  }
}
