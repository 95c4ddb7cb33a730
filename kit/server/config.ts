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
  logUrl: z.url('LOG_URL must be an address like https://logs.example.com/duka').optional(),
  logToken: z.string().optional(),
  trustProxy: z.string().optional(),
  requestsPerMinute: z.coerce
    .number('REQUESTS_PER_MINUTE must be a number')
    .int('REQUESTS_PER_MINUTE must be a whole number')
    .min(60, 'REQUESTS_PER_MINUTE must be 60 or more')
    .default(3000),
  databasePlain: z.boolean().default(false),
  smtpUrl: z
    .string()
    .regex(/^smtps?:\/\//, 'SMTP_URL must begin with smtp:// or smtps://')
    .optional(),
  mailFrom: z.string().min(3).max(200).optional(),
  /** Instead of a password of the mailbox: OAuth2. All four, or none. */
  smtpOauth: z
    .object({
      tokenUrl: z.url('SMTP_OAUTH_TOKEN_URL must be an address'),
      clientId: z.string('SMTP_OAUTH_CLIENT_ID is missing'),
      clientSecret: z.string('SMTP_OAUTH_CLIENT_SECRET is missing'),
      refreshToken: z.string('SMTP_OAUTH_REFRESH_TOKEN is missing'),
    })
    .optional(),
  smsUrl: z.url('SMS_URL must be an address like https://api.africastalking.com').optional(),
  smsUser: z.string().optional(),
  smsKey: z.string().optional(),
  smsFrom: z.string().max(20).optional(),
  captcha: z
    .object({
      provider: z.enum(['recaptcha', 'hcaptcha', 'turnstile'], 'CAPTCHA_PROVIDER must be recaptcha, hcaptcha or turnstile'),
      siteKey: z.string('CAPTCHA_SITE_KEY is missing'),
      secret: z.string('CAPTCHA_SECRET is missing'),
      threshold: z.coerce.number('CAPTCHA_THRESHOLD must be a number').min(0).max(1).default(0.5),
      url: z.url('CAPTCHA_URL must be an address').optional(),
    })
    .optional(),
  oidc: z
    .object({
      issuer: z.url('OIDC_ISSUER must be an address'),
      clientId: z.string('OIDC_CLIENT_ID is missing'),
      clientSecret: z.string('OIDC_CLIENT_SECRET is missing'),
      name: z.string().max(60).default('SSO'),
      scope: z.string().default('openid email profile'),
      groupsClaim: z.string().default('groups'),
      acr: z.string().optional(),
      maxAgeSeconds: z.coerce.number('OIDC_MAX_AGE must be a number of seconds').int().min(0).optional(),
    })
    .optional(),
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
export type Config = z.output<typeof schema>

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
    logUrl: blank(env['LOG_URL']),
    logToken: blank(env['LOG_TOKEN']),
    trustProxy: blank(env['TRUST_PROXY']),
    requestsPerMinute: blank(env['REQUESTS_PER_MINUTE']),
    databasePlain: env['DUKA_PLAIN_CONNECTIONS'] === '1',
    smtpUrl: blank(env['SMTP_URL']),
    mailFrom: blank(env['MAIL_FROM']),
    smtpOauth: blank(env['SMTP_OAUTH_TOKEN_URL']) && {
      tokenUrl: blank(env['SMTP_OAUTH_TOKEN_URL']),
      clientId: blank(env['SMTP_OAUTH_CLIENT_ID']),
      clientSecret: blank(env['SMTP_OAUTH_CLIENT_SECRET']),
      refreshToken: blank(env['SMTP_OAUTH_REFRESH_TOKEN']),
    },
    smsUrl: blank(env['SMS_URL']),
    smsUser: blank(env['SMS_USERNAME']),
    smsKey: blank(env['SMS_API_KEY']),
    smsFrom: blank(env['SMS_FROM']),
    captcha: blank(env['CAPTCHA_PROVIDER']) && {
      provider: blank(env['CAPTCHA_PROVIDER']),
      siteKey: blank(env['CAPTCHA_SITE_KEY']),
      secret: blank(env['CAPTCHA_SECRET']),
      threshold: blank(env['CAPTCHA_THRESHOLD']),
      url: blank(env['CAPTCHA_URL']),
    },
    oidc: blank(env['OIDC_ISSUER']) && {
      issuer: blank(env['OIDC_ISSUER']),
      clientId: blank(env['OIDC_CLIENT_ID']),
      clientSecret: blank(env['OIDC_CLIENT_SECRET']),
      name: blank(env['OIDC_NAME']),
      scope: blank(env['OIDC_SCOPE']),
      groupsClaim: blank(env['OIDC_GROUPS_CLAIM']),
      acr: blank(env['OIDC_ACR']),
      maxAgeSeconds: blank(env['OIDC_MAX_AGE']),
    },
    masterKey: blank(env['DUKA_MASTER_KEY']),
    masterKeyNext: blank(env['DUKA_MASTER_KEY_NEXT']),
    masterKeyKms: blank(env['DUKA_MASTER_KEY_KMS']),
  })
  if (!read.success) throw new ConfigError(`${read.error.issues[0]?.message ?? 'A setting is wrong'}. See README.md, “Settings”.`)
  if (read.data.production) refuseTrial(read.data)
  if (!read.data.databasePlain) refusePlain(read.data)
  return read.data
}

/** This machine: its loopback, or a socket in a folder of it. */
const isHere = (host: string) =>
  host === '' || host === 'localhost' || host.startsWith('/') || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

/** What leaves this machine is encrypted on its way, unless somebody says that their network does that. */
function refusePlain(config: Config): void {
  const plain = Object.entries(ADDRESSES).find(([name, isPlain]) => {
    const address = name.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], config)
    // A database's address may leave its server out, or name it among the parameters as well, and those count.
    const url = typeof address === 'string' ? URL.parse(address.replace('@/', '@localhost/')) : null
    if (!url) return false
    const hosts = [
      url.hostname.replace(/^\[|\]$/g, ''),
      ...url.searchParams.getAll('host'),
      ...url.searchParams.getAll('hostaddr'),
    ]
    return !hosts.every(isHere) && isPlain(url)
  })
  if (plain)
    throw new ConfigError(
      `${SETTINGS[plain[0]]} names a server elsewhere without encryption. Use ${plain[0].startsWith('database') ? 'sslmode=verify-full (or require)' : 'https or smtps'}, or set DUKA_PLAIN_CONNECTIONS=1 where the network itself encrypts.`,
    )
}
const withoutTls = (url: URL) => {
  const modes = url.searchParams.getAll('sslmode')
  return modes.length === 0 || !modes.every((mode) => ['require', 'verify-ca', 'verify-full'].includes(mode))
}
const notHttps = (url: URL) => url.protocol !== 'https:'
const ADDRESSES: Readonly<Record<string, (url: URL) => boolean>> = {
  databaseUrl: withoutTls,
  databaseAppUrl: withoutTls,
  smsUrl: notHttps,
  logUrl: notHttps,
  'captcha.url': notHttps,
  'oidc.issuer': notHttps,
  'smtpOauth.tokenUrl': notHttps,
}
const SETTINGS: Readonly<Record<string, string>> = {
  databaseUrl: 'DATABASE_URL',
  databaseAppUrl: 'DATABASE_APP_URL',
  smsUrl: 'SMS_URL',
  logUrl: 'LOG_URL',
  'captcha.url': 'CAPTCHA_URL',
  'oidc.issuer': 'OIDC_ISSUER',
  'smtpOauth.tokenUrl': 'SMTP_OAUTH_TOKEN_URL',
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
