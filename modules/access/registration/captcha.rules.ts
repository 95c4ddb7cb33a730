export const captchaProviders = ['recaptcha', 'hcaptcha', 'turnstile'] as const
export type CaptchaProvider = (typeof captchaProviders)[number]

export const VERIFY_URLS: Record<CaptchaProvider, string> = {
  recaptcha: 'https://www.google.com/recaptcha/api/siteverify',
  hcaptcha: 'https://api.hcaptcha.com/siteverify',
  turnstile: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
}
/** What a page may load scripts and frames from while a provider is in use. */
export const CAPTCHA_HOSTS: Record<CaptchaProvider, readonly string[]> = {
  recaptcha: ['https://www.google.com/recaptcha/', 'https://www.gstatic.com/recaptcha/'],
  hcaptcha: ['https://hcaptcha.com', 'https://*.hcaptcha.com'],
  turnstile: ['https://challenges.cloudflare.com'],
}
// How long a token lives, in seconds.
const LIFE: Record<CaptchaProvider, number> = { recaptcha: 120, hcaptcha: 120, turnstile: 300 }

export interface CaptchaAnswer {
  readonly success?: boolean
  readonly score?: number
  readonly action?: string
  readonly hostname?: string
  readonly challenge_ts?: string
  readonly 'error-codes'?: readonly string[]
}

/** What is wrong with a provider's answer; nothing when a person has filled in this form, here and now. */
export function captchaFault(
  provider: CaptchaProvider,
  answer: CaptchaAnswer,
  wanted: { hostname: string; action: string; threshold: number; now: Temporal.Instant },
): string | undefined {
  if (answer.success !== true) return answer['error-codes']?.join(' ') ?? 'refused'
  if (answer.hostname !== wanted.hostname) return `hostname ${answer.hostname}`
  if (provider !== 'hcaptcha' && answer.action !== wanted.action) return `action ${answer.action}`
  if (provider === 'recaptcha' && !((answer.score ?? 0) >= wanted.threshold)) return `score ${answer.score}`
  const solvedAt = answer.challenge_ts ? Date.parse(answer.challenge_ts) : Number.NaN
  const age = (wanted.now.epochMilliseconds - solvedAt) / 1000
  return age > LIFE[provider] ? `age ${age}` : undefined
}
