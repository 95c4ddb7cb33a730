import type { AdapterValues, Reaching } from '#kit/server/outside/adapter.ts'
import { askService } from '#kit/server/outside/reach.ts'
import { log } from '#kit/server/host/log.ts'
import { addressOf } from '#kit/server/host/address.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { hourly } from '../throttle/throttle.store.ts'
import type { Security } from '../security/security.ts'
import { captchaFault, VERIFY_URLS, type CaptchaAnswer, type CaptchaProvider } from './captcha.rules.ts'
import { RegistrationProblem } from './registration.ts'

export interface CaptchaOptions extends Reaching {
  readonly provider: CaptchaProvider
  readonly siteKey: string
  readonly secret: string
  /** The least score that counts as a person, 0 to 1; for the provider that gives scores. */
  readonly threshold: number
  /** The provider's, or where a simulator or a proxy answers in its place. */
  readonly url: string
}

let options: CaptchaOptions | undefined
/** Who tells people from robots on public forms; nobody by default. */
export function useCaptcha(values: AdapterValues | undefined, how: Reaching): void {
  options = values && captchaOptions(values, how)
}

/** A provider by what was filled in about it. */
export function captchaOptions(values: AdapterValues, { isTyped }: Reaching): CaptchaOptions {
  const provider = values['provider'] as CaptchaProvider
  return {
    provider,
    siteKey: String(values['siteKey']),
    secret: String(values['secret']),
    threshold: Number(values['threshold'] ?? 0.5),
    url: String(values['url'] || VERIFY_URLS[provider]),
    isTyped,
  }
}
/** What the page needs to know. */
export const captchaOnPage = () => options && { provider: options.provider, siteKey: options.siteKey }

/**
 * Asks the provider whether a person filled the form in. What can't be asked is refused: a flood of made-up people is worse
 * than one who has to come again.
 * @throws `access.registration.robot`, `.robotCheckDown`
 */
export async function requirePerson(ctx: Ctx, security: Security, action: string, token: string): Promise<void> {
  if (!options) return
  // A token is good for one form, whichever process sees it.
  if (token === '' || !(await hourly(ctx, security, `captcha ${token}`, 1))) throw RegistrationProblem.robot()
  const answer = await ask(options, token, ctx.address)
  const fault = captchaFault(options.provider, answer, {
    hostname: addressOf().hostname,
    action,
    threshold: options.threshold,
    now: ctx.now,
  })
  if (!fault) return
  log.info({ fault, provider: options.provider }, 'a form was refused by the check for robots')
  throw RegistrationProblem.robot()
}

async function ask(of: CaptchaOptions, token: string, address: string | undefined): Promise<CaptchaAnswer> {
  try {
    return await askCaptcha(of, token, address)
  } catch (error) {
    log.warn({ error }, 'the check for robots could not be asked')
    throw RegistrationProblem.robotCheckDown()
  }
}

/** What the provider says of a token. @throws what went wrong on the way */
export async function askCaptcha(
  { secret, url, isTyped }: CaptchaOptions,
  token: string,
  address: string | undefined,
): Promise<CaptchaAnswer> {
  const body = new URLSearchParams({ secret, response: token, ...(address && { remoteip: address }) })
  const response = await askService(url, { method: 'POST', body, signal: AbortSignal.timeout(5_000) }, { isTyped })
  if (!response.ok) throw new Error(`answered ${response.status}`)
  return (await response.json()) as CaptchaAnswer
}
