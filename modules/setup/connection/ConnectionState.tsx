import type { Wire } from '#kit/web/base/api.ts'
import { StateBadge, type Tone } from '#kit/web/entity/values.tsx'
import type { connectionRoutes } from './connection.routes.ts'

export type Connection = Wire<NonNullable<(typeof connectionRoutes)['GET /connections']['__output']>>['rows'][number]
export type ConnectionField = Connection['fields'][number]

/** Do other fields have one of these values? */
export const holds = (when: Readonly<Record<string, readonly string[]>>, values: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(when).every(([name, wanted]) => wanted.includes(String(values[name] ?? '')))

const tones: Record<Connection['state'], Tone> = { working: 'good', failing: 'bad', untried: 'busy', unset: 'neutral' }

/** Does it work, as far as the last try tells? */
export const ConnectionState = ({ of: { state } }: { of: Connection }) => <StateBadge state={state} tone={tones[state]} />
