import { ConfigError, isHere } from '../host/config.ts'
import { adapters, type Adapter, type AdapterValues } from './adapter.ts'

type Env = Readonly<Record<string, string | undefined>>

/** What the environment gives of an adapter, by field, and which variable gave each. */
export interface Given {
  readonly values: AdapterValues
  readonly by: Readonly<Record<string, string>>
  /** A key of whoever runs the machine: where it is sent is not for a page to say. */
  readonly hasSecret: boolean
}

const SEE = 'See README.md, “Settings”.'
const blank = (text: string | undefined) => text?.trim() || undefined

/** @throws ConfigError with one sentence naming the variable */
export function givenBy({ fields, environment }: Adapter, env: Env): Given {
  const values: Record<string, string | number> = {}
  const by: Record<string, string> = {}
  let hasSecret = false
  for (const [variable, { gives, judge, with: other, isNeeded, isSecret }] of Object.entries(environment)) {
    const text = blank(env[variable])
    if (other && !blank(env[other])) continue
    if (text === undefined) {
      if (isNeeded) throw new ConfigError(`${variable} is missing. ${SEE}`)
      continue
    }
    const read = judge?.safeParse(text)
    if (read?.success === false) throw new ConfigError(`${read.error.issues[0]?.message ?? `${variable} is wrong`}. ${SEE}`)
    const given = typeof gives === 'function' ? gives(text) : { [gives]: fields[gives]?.kind === 'number' ? Number(text) : text }
    for (const [field, value] of Object.entries(given)) {
      values[field] = value
      by[field] = variable
    }
    if (isSecret) hasSecret = true
  }
  if (env['DUKA_PLAIN_CONNECTIONS'] !== '1') refusePlain(fields, values, by)
  return { values, by, hasSecret }
}

/** What leaves this machine is encrypted on its way, unless somebody says that their network does that. */
function refusePlain(fields: Adapter['fields'], values: AdapterValues, by: Given['by']): void {
  for (const [name, value] of Object.entries(values)) {
    const url = fields[name]?.kind === 'address' ? URL.parse(String(value)) : null
    if (!url || url.protocol === 'https:' || isHere(url.hostname.replace(/^\[|\]$/g, ''))) continue
    throw new ConfigError(
      `${by[name]} names a server elsewhere without encryption. Use https or smtps, or set DUKA_PLAIN_CONNECTIONS=1 where the network itself encrypts.`,
    )
  }
}

/** Refuses an environment that can't be used before anything is started with it. @throws ConfigError */
export function judgeEnvironment(env: Env): void {
  for (const one of adapters()) givenBy(one, env)
}
