import { log } from '#kit/server/log.ts'
import { addressOf } from '#kit/server/address.ts'
import type { Ctx } from '#kit/server/context.ts'
import { hourly } from '../sign-in/throttle.store.ts'
import type { Security } from '../security/security.ts'
import { captchaFault, VERIFY_URLS, type CaptchaAnswer, type CaptchaProvider } from './captcha.rules.ts'
import { RegistrationProblem } from './registration.ts'

export interface CaptchaOptions {
  readonly provider: CaptchaProvider
  readonly siteKey: string
  readonly secret: string
  /** The least score that counts as a person, 0 to 1; for the provider that gives scores. */
  readonly threshold: number
  /** Where a simulator or a proxy answers in the provider's place. */
  readonly url?: string | undefined
}

let options: CaptchaOptions | undefined
/** Who tells people from robots on public forms; nobody by default. */
export function useCaptcha({ captcha }: { captcha?: CaptchaOptions | undefined }): void {
  options = captcha
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

async function ask(
  { provider, secret, url }: CaptchaOptions,
  token: string,
  address: string | undefined,
): Promise<CaptchaAnswer> {
  try {
    const response = await fetch(url ?? VERIFY_URLS[provider], {
      method: 'POST',
      redirect: 'error',
      body: new URLSearchParams({ secret, response: token, ...(address && { remoteip: address }) }),
      signal: AbortSignal.timeout(5_000),
    })
    if (!response.ok) throw new Error(`answered ${response.status}`)
    return (await response.json()) as CaptchaAnswer
  } catch (error) {
    log.warn({ error }, 'the check for robots could not be asked')
    throw RegistrationProblem.robotCheckDown()
  }
}
