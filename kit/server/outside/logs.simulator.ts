import type { Simulator, SimulatorOptions } from './adapter.ts'
import { answering } from './simulate.ts'

export interface LogsSimulator extends Simulator {
  readonly lines: readonly Readonly<Record<string, string>>[]
  readonly tokens: ReadonlySet<unknown>
  /** Away for a while, as servers are. */
  isAway: boolean
}

const TOKEN = 'simulated token'

/** A system on this machine that takes lines of JSON from whoever has the token, and keeps them. */
export async function simulate({ port, heard }: SimulatorOptions = {}): Promise<LogsSimulator> {
  const lines: Record<string, string>[] = []
  const tokens = new Set<unknown>()
  const made = { isAway: false }
  const { url, stop } = await answering(port, ({ headers, body }) => {
    tokens.add(headers['authorization'])
    if (made.isAway) return { status: 503, body: {} }
    if (headers['authorization'] !== `Bearer ${TOKEN}`) return { status: 401, body: {} }
    for (const line of body.trim().split('\n')) {
      lines.push(JSON.parse(line) as Record<string, string>)
      heard?.(line)
    }
    return { status: 200, body: {} }
  })
  return Object.assign(made, {
    lines,
    tokens,
    environment: { LOG_URL: url, LOG_TOKEN: TOKEN },
    typed: { url, token: TOKEN },
    stop,
  })
}
