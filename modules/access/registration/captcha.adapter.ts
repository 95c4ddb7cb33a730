import { z } from 'zod'
import { problems } from '#kit/problem.ts'
import { adapter } from '#kit/server/outside/adapter.ts'
import { troubleWith } from '#kit/server/outside/reach.ts'
import { CAPTCHA_HOSTS, captchaProviders, type CaptchaProvider } from './captcha.rules.ts'
import { askCaptcha, captchaOptions, useCaptcha } from './captcha.store.ts'

export const CaptchaProblem = problems('access.captcha', {
  secret: { status: 422, say: 'The provider does not know this secret key. Copy it from its page once more, the secret one.' },
})

/** Who tells people from robots on forms that everybody may fill in. */
export const captchaAdapter = adapter('captcha', {
  group: 'advanced',
  fields: {
    provider: { kind: 'choice', options: captchaProviders, given: 'turnstile', isNeeded: true, isTarget: true },
    siteKey: { kind: 'text', isNeeded: true },
    secret: { kind: 'secret', isNeeded: true },
    threshold: { kind: 'number', least: 0, most: 1, given: 0.5, when: { provider: ['recaptcha'] } },
    url: { kind: 'address', isTarget: true },
  },
  environment: {
    CAPTCHA_PROVIDER: {
      gives: 'provider',
      judge: z.enum(captchaProviders, 'CAPTCHA_PROVIDER must be recaptcha, hcaptcha or turnstile'),
    },
    CAPTCHA_SITE_KEY: { gives: 'siteKey', with: 'CAPTCHA_PROVIDER', isNeeded: true },
    CAPTCHA_SECRET: { gives: 'secret', with: 'CAPTCHA_PROVIDER', isNeeded: true, isSecret: true },
    CAPTCHA_THRESHOLD: {
      gives: 'threshold',
      with: 'CAPTCHA_PROVIDER',
      judge: z.coerce.number('CAPTCHA_THRESHOLD must be a number').min(0).max(1),
    },
    CAPTCHA_URL: { gives: 'url', with: 'CAPTCHA_PROVIDER', judge: z.url('CAPTCHA_URL must be an address') },
  },
  use: useCaptcha,
  // A token that nobody was given: the provider says of it that it is none, or that the secret is none.
  async test(values, { isTyped }) {
    const options = captchaOptions(values, { isTyped })
    const host = new URL(options.url).hostname
    const answer = await askCaptcha(options, 'a trial', undefined).catch((error: unknown) => {
      throw troubleWith(host, error)
    })
    const codes = answer['error-codes'] ?? []
    if (codes.some((code) => /secret/.test(code))) throw CaptchaProblem.secret()
    return { host }
  },
  pageHosts: ({ provider }) => CAPTCHA_HOSTS[provider as CaptchaProvider],
  simulator: () => import('./captcha.simulator.ts'),
})
