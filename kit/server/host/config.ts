import { isIPv4 } from 'node:net'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

/** A setting that cannot be used; the sentence names it. The caller prints it and ends with code 2. */
export class ConfigError extends Error {}

const schema = z.object({
  port: z.coerce
    .number('PORT must be a number')
    .int('PORT must be a whole number')
    .min(0, 'PORT must lie between 0 and 65535')
    .max(65_535, 'PORT must lie between 0 and 65535')
    .default(4000),
  host: z.string().min(1).default('127.0.0.1'),
  dataDir: z
    .string()
    .min(1)
    .default('./data')
    .transform((path) => resolve(path)),
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL must begin with postgres://')
    .optional(),
  databaseAppUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_APP_URL must begin with postgres://')
    .optional(),
  role: z.enum(['web', 'worker', 'all'], '--role must be web, worker or all').default('all'),
  demo: z.boolean().default(false),
  production: z.boolean(),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'LOG_LEVEL must be debug, info, warn, error or silent')
    .default('warn'),
  publicUrl: z.url('PUBLIC_URL must be an address like https://shop.example.com').optional(),
  trustProxy: z.string().optional(),
  requestsPerMinute: z.coerce
    .number('REQUESTS_PER_MINUTE must be a number')
    .int('REQUESTS_PER_MINUTE must be a whole number')
    .min(60, 'REQUESTS_PER_MINUTE must be 60 or more')
    .default(3000),
  databasePlain: z.boolean().default(false),
  /** 32 bytes in base64; kept in the data folder when it is not given. */
  masterKey: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'DUKA_MASTER_KEY must be 32 bytes in base64 (openssl rand -base64 32)')
    .optional(),
  /** The one that is to come after it, while the keys are being wrapped anew. */
  masterKeyNext: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'DUKA_MASTER_KEY_NEXT must be 32 bytes in base64 (openssl rand -base64 32)')
    .optional(),
  /** The same, wrapped by AWS KMS. */
  masterKeyKms: z.base64('DUKA_MASTER_KEY_KMS must be base64').optional(),
})
/** What the process itself needs; what it is told of services of others stands in the environment, for their adapters to read. */
export type Config = z.output<typeof schema> & { readonly environment: Readonly<Record<string, string | undefined>> }

/**
 * Reads options and environment; options win. Production refuses what is fit for a trial only.
 * @throws ConfigError with one sentence naming the option
 */
export function readConfig(env: Record<string, string | undefined>, argv: readonly string[]): Config {
  const options = readOptions(argv)
  const blank = (value: string | undefined) => (value === undefined || value.trim() === '' ? undefined : value.trim())
  const read = schema.safeParse({
    port: options.port ?? blank(env['PORT']),
    host: blank(env['HOST']),
    dataDir: blank(env['DUKA_DATA']),
    databaseUrl: blank(env['DATABASE_URL']),
    databaseAppUrl: blank(env['DATABASE_APP_URL']),
    role: options.role,
    demo: options.demo ?? false,
    production: env['NODE_ENV'] === 'production',
    logLevel: blank(env['LOG_LEVEL']),
    publicUrl: blank(env['PUBLIC_URL']),
    trustProxy: blank(env['TRUST_PROXY']),
    requestsPerMinute: blank(env['REQUESTS_PER_MINUTE']),
    databasePlain: env['DUKA_PLAIN_CONNECTIONS'] === '1',
    masterKey: blank(env['DUKA_MASTER_KEY']),
    masterKeyNext: blank(env['DUKA_MASTER_KEY_NEXT']),
    masterKeyKms: blank(env['DUKA_MASTER_KEY_KMS']),
  })
  if (!read.success) throw new ConfigError(`${read.error.issues[0]?.message ?? 'A setting is wrong'}. See README.md, “Settings”.`)
  const config: Config = { ...read.data, environment: env }
  if (config.production) refuseTrial(config)
  if (!config.databasePlain) refusePlain(config)
  return config
}

/** Is this host this machine: its loopback, or a socket in a folder of it. */
export const isHere = (host: string) =>
  host === '' || host === 'localhost' || host.startsWith('/') || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

/** What leaves this machine is encrypted on its way, unless somebody says that their network does that. */
function refusePlain(config: Config): void {
  for (const [name, variable] of [
    ['databaseUrl', 'DATABASE_URL'],
    ['databaseAppUrl', 'DATABASE_APP_URL'],
  ] as const) {
    // A database's address may leave its server out, or name it among the parameters as well, and those count.
    const url = config[name] === undefined ? null : URL.parse(config[name].replace('@/', '@localhost/'))
    if (!url || !isWithoutTls(url)) continue
    const hosts = [
      url.hostname.replace(/^\[|\]$/g, ''),
      ...url.searchParams.getAll('host'),
      ...url.searchParams.getAll('hostaddr'),
    ]
    if (!hosts.every(isHere))
      throw new ConfigError(
        `${variable} names a server elsewhere without encryption. Use sslmode=verify-full (or require), or set DUKA_PLAIN_CONNECTIONS=1 where the network itself encrypts.`,
      )
  }
}
const isWithoutTls = (url: URL) => {
  const modes = url.searchParams.getAll('sslmode')
  return modes.length === 0 || !modes.every((mode) => ['require', 'verify-ca', 'verify-full'].includes(mode))
}

function readOptions(argv: readonly string[]): { port?: string; role?: string; demo?: boolean } {
  try {
    return parseArgs({
      args: [...argv],
      options: { port: { type: 'string' }, role: { type: 'string' }, demo: { type: 'boolean' } },
      strict: true,
    }).values
  } catch (error) {
    throw new ConfigError(`${(error as Error).message.split('. ')[0]}. Known options: --port, --role, --demo.`)
  }
}

function refuseTrial(config: Config): void {
  if (config.demo) throw new ConfigError('--demo fills a company with invented sales; leave it out when NODE_ENV is production')
  const local = ['127.0.0.1', '::1', 'localhost'].includes(config.host)
  if (!local && !config.publicUrl?.startsWith('https://'))
    throw new ConfigError(
      'In production, set PUBLIC_URL to the https address that people use before HOST opens Duka to the network',
    )
}
