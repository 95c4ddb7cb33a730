import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { whole } from '../../part.ts'
import { log } from '../host/log.ts'

/** Names of settings that let somebody in at a service of others; each adapter brings its own. */
export const secretNames = whole<string>()
/** What must not be known: every setting that lets somebody in or opens what is encrypted. */
const secretList = (): readonly string[] => [
  'DATABASE_URL',
  'DATABASE_APP_URL',
  ...secretNames.all(),
  'DUKA_MASTER_KEY',
  'DUKA_MASTER_KEY_NEXT',
]
type Env = Readonly<Record<string, string | undefined>>
type Values = Readonly<Record<string, string>>

/** Where secrets lie. The first source that has one gives it. */
export interface SecretSource {
  readonly name: 'environment' | 'files' | 'aws' | 'vault'
  /** @throws when it can't be asked at the moment */
  read(): Promise<Values>
}

export interface SecretStatus {
  readonly name: string
  readonly source: SecretSource['name'] | null
  /** When this value was last confirmed by its source. */
  readonly confirmedAt: Temporal.Instant | null
  /** Its source does not answer at the moment; the last good value is used. */
  readonly isStale: boolean
}

const EVERY_MS = 5 * 60_000
const only = (all: Env): Values =>
  Object.fromEntries(secretList().flatMap((name) => (all[name]?.trim() ? [[name, all[name].trim()]] : []))) as Values

export const environmentSource = (env: Env): SecretSource => ({ name: 'environment', read: async () => only(env) })

/** One file a secret, called like it or in small letters: how Docker and Kubernetes hand them over. */
export const fileSource = (folder: string): SecretSource => ({
  name: 'files',
  async read() {
    const files = await readdir(folder)
    const found = files.filter((file) => secretList().includes(file.toUpperCase()))
    const values = await Promise.all(found.map((file) => readFile(join(folder, file), 'utf8')))
    return only(Object.fromEntries(found.map((file, at) => [file.toUpperCase(), values[at]])))
  },
})

/** AWS Secrets Manager: one secret that holds an object of names and values. Region and rights come from the usual AWS variables. */
export const awsSource = (secretId: string): SecretSource => ({
  name: 'aws',
  async read() {
    const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
    const client = new SecretsManagerClient({ maxAttempts: 2 })
    try {
      const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }), {
        abortSignal: AbortSignal.timeout(10_000),
      })
      return only(JSON.parse(SecretString) as Env)
    } finally {
      client.destroy()
    }
  },
})

export interface VaultOptions {
  readonly address: string
  readonly mount: string
  readonly path: string
  readonly token?: string | undefined
  /** AppRole, in place of a token. */
  readonly roleId?: string | undefined
  readonly secretId?: string | undefined
}

/** HashiCorp Vault or OpenBao, KV version 2. */
export const vaultSource = ({ address, mount, path, token, roleId, secretId }: VaultOptions): SecretSource => {
  const ask = async (route: string, init: RequestInit): Promise<Record<string, never>> => {
    const response = await fetch(`${address.replace(/(?<!\/)\/+$/, '')}/v1/${route}`, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    })
    if (!response.ok) throw new Error(`the vault answered ${response.status}`)
    return (await response.json()) as Record<string, never>
  }
  const signIn = async (): Promise<string> => {
    if (token) return token
    const body = JSON.stringify({ role_id: roleId, secret_id: secretId })
    const { auth } = (await ask('auth/approle/login', { method: 'POST', body })) as { auth?: { client_token?: string } }
    if (!auth?.client_token) throw new Error('the vault gave no token')
    return auth.client_token
  }
  return {
    name: 'vault',
    async read() {
      const { data } = (await ask(`${mount}/data/${path}`, { headers: { 'X-Vault-Token': await signIn() } })) as {
        data?: { data?: Env }
      }
      return only(data?.data ?? {})
    },
  }
}

/** The sources that the environment names, in order. */
export function sourcesOf(env: Env): SecretSource[] {
  const sources = [environmentSource(env)]
  if (env['DUKA_SECRETS_DIR']) sources.push(fileSource(env['DUKA_SECRETS_DIR']))
  if (env['DUKA_AWS_SECRET']) sources.push(awsSource(env['DUKA_AWS_SECRET']))
  if (env['VAULT_ADDR'])
    sources.push(
      vaultSource({
        address: env['VAULT_ADDR'],
        mount: env['VAULT_MOUNT'] ?? 'secret',
        path: env['VAULT_PATH'] ?? 'duka',
        token: env['VAULT_TOKEN'],
        roleId: env['VAULT_ROLE_ID'],
        secretId: env['VAULT_SECRET_ID'],
      }),
    )
  return sources
}

interface Kept {
  values: Values
  confirmedAt: Temporal.Instant | null
  isDown: boolean
}

/** The secrets of this process, asked for again every five minutes. */
export interface Secrets {
  values(): Values
  status(): SecretStatus[]
  /** Asks all sources now. @returns whether anything is different */
  refresh(): Promise<boolean>
  stop(): void
}

/**
 * Reads all sources. One that does not answer gives what it gave last; one that has never answered gives nothing, and the
 * log says so, without a value.
 */
export async function openSecrets(sources: readonly SecretSource[], onChange?: (values: Values) => void): Promise<Secrets> {
  const kept = new Map<SecretSource, Kept>(sources.map((one) => [one, { values: {}, confirmedAt: null, isDown: false }]))
  const values = (): Values => Object.assign({}, ...[...kept.values()].map((one) => one.values).toReversed()) as Values
  const refresh = async (): Promise<boolean> => {
    const before = JSON.stringify(values())
    await Promise.all(
      [...kept].map(async ([source, one]) => {
        try {
          one.values = await source.read()
          one.confirmedAt = Temporal.Now.instant()
          one.isDown = false
        } catch (error) {
          one.isDown = true
          // Errors of other systems may repeat what they were sent: their kind is told, their words are not.
          log.warn(
            { source: source.name, kind: (error as Error).name },
            'a source of secrets does not answer; its last values are used',
          )
        }
      }),
    )
    return JSON.stringify(values()) !== before
  }
  await refresh()
  let timer: NodeJS.Timeout | undefined
  const later = () => {
    // Not all processes at the same moment.
    timer = setTimeout(
      () => {
        void refresh().then((changed) => {
          if (changed) onChange?.(values())
          later()
        })
      },
      EVERY_MS * (0.9 + Math.random() * 0.2),
    ).unref()
  }
  later()
  return {
    values,
    refresh,
    status: () =>
      secretList().map((name) => {
        const [source, one] = [...kept].find(([, each]) => each.values[name] !== undefined) ?? []
        return { name, source: source?.name ?? null, confirmedAt: one?.confirmedAt ?? null, isStale: one?.isDown ?? false }
      }),
    stop: () => clearTimeout(timer),
  }
}

let current: Pick<Secrets, 'status'> | undefined
export const useSecrets = (secrets: Pick<Secrets, 'status'>): void => {
  current = secrets
}
/** Names, sources and ages; never a value. */
export const secretStatus = (): SecretStatus[] =>
  current?.status() ?? secretList().map((name) => ({ name, source: null, confirmedAt: null, isStale: false }))
