import type { Simulator, SimulatorOptions } from '#kit/server/outside/adapter.ts'
import { answering } from '#kit/server/outside/simulate.ts'

export interface CaptchaSimulator extends Simulator {
  isDown: boolean
}

const SECRET = 'simulated secret'

/** A check for robots on this machine: a token that begins with `person` is a person's, who registers at localhost. */
export async function simulate({ port, heard }: SimulatorOptions = {}): Promise<CaptchaSimulator> {
  const made = { isDown: false }
  const { url, stop } = await answering(port, ({ body }) => {
    const form = new URLSearchParams(body)
    if (made.isDown) return { status: 500, body: {} }
    const refuse = (code: string) => ({ status: 200, body: { success: false, 'error-codes': [code] } })
    if (form.get('secret') !== SECRET) return refuse('invalid-input-secret')
    const isPerson = form.get('response')!.startsWith('person')
    heard?.(`${form.get('response')}: ${isPerson ? 'a person' : 'a robot'}`)
    if (!isPerson) return refuse('invalid-input-response')
    const facts = { hostname: 'localhost', action: 'register', challenge_ts: new Date().toISOString() }
    return { status: 200, body: { success: true, ...facts } }
  })
  return Object.assign(made, {
    environment: { CAPTCHA_PROVIDER: 'turnstile', CAPTCHA_SITE_KEY: 'site', CAPTCHA_SECRET: SECRET, CAPTCHA_URL: url },
    typed: { provider: 'turnstile', siteKey: 'site', secret: SECRET, url },
    stop,
  })
}
