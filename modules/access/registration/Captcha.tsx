import { useEffect, useRef } from 'react'
import type { CaptchaProvider } from './captcha.rules.ts'

interface Widget {
  render(at: HTMLElement, options: object): unknown
}
interface Scored {
  ready(run: () => void): void
  execute(siteKey: string, options: { action: string }): Promise<string>
}
const globals = window as unknown as { grecaptcha?: Scored; hcaptcha?: Widget; turnstile?: Widget }

const scripts: Record<CaptchaProvider, (siteKey: string) => string> = {
  recaptcha: (siteKey) => `https://www.google.com/recaptcha/api.js?render=${encodeURIComponent(siteKey)}`,
  hcaptcha: () => 'https://js.hcaptcha.com/1/api.js?render=explicit',
  turnstile: () => 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit',
}

const loading = new Map<string, Promise<void>>()
function load(src: string): Promise<void> {
  const known = loading.get(src)
  if (known) return known
  const made = new Promise<void>((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src, async: true })
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => {
      loading.delete(src)
      reject(new Error('the check for robots could not be loaded'))
    })
    document.head.append(script)
  })
  loading.set(src, made)
  return made
}

/** The provider's own box. One that asks nothing gives its token when the form is sent, because it lives for two minutes. */
export function Captcha({
  provider,
  siteKey,
  action,
  onToken,
}: {
  provider: CaptchaProvider
  siteKey: string
  action: string
  onToken: (token: string) => void
}) {
  const at = useRef<HTMLDivElement>(null)
  useEffect(() => {
    load(scripts[provider](siteKey)).then(
      () => {
        const widget = provider === 'hcaptcha' ? globals.hcaptcha : globals.turnstile
        if (at.current && provider !== 'recaptcha') widget?.render(at.current, { sitekey: siteKey, action, callback: onToken })
      },
      () => undefined,
    )
    // The widget is drawn once; what it calls does not change.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [provider, siteKey, action])
  return <div ref={at} />
}

/** The token of a provider that asks nothing; empty when it can't be reached. */
export async function scoredToken(siteKey: string, action: string): Promise<string> {
  try {
    await load(scripts.recaptcha(siteKey))
    await new Promise<void>((resolve) => globals.grecaptcha!.ready(resolve))
    return await globals.grecaptcha!.execute(siteKey, { action })
  } catch {
    return ''
  }
}
