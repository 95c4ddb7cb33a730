import { z } from 'zod'
import { adapter } from '#kit/server/outside/adapter.ts'
import { troubleWith } from '#kit/server/outside/reach.ts'
import { wordsFor } from '#kit/server/host/words.ts'
import { SmsProblem } from './sms.ts'
import { smsGateway, SmsRefused, useSms } from './sms.store.ts'

/** SMS, by Africa's Talking or another gateway that speaks its protocol. */
export const smsAdapter = adapter('sms', {
  group: 'messages',
  carriesKeys: true,
  asksTo: 'phone',
  fields: {
    service: { kind: 'choice', options: ['live', 'sandbox', 'other'], given: 'live', isNeeded: true, isTarget: true },
    url: { kind: 'address', when: { service: ['other'] }, isNeeded: true, isTarget: true },
    user: { kind: 'text', isNeeded: true },
    key: { kind: 'secret' },
    from: { kind: 'text', most: 20 },
  },
  environment: {
    SMS_URL: {
      // Whoever names no user means that of the sandbox.
      gives: (url) => ({ service: 'other', url, user: 'sandbox' }),
      judge: z.url('SMS_URL must be an address like https://api.africastalking.com'),
    },
    SMS_USERNAME: { gives: 'user', with: 'SMS_URL' },
    SMS_API_KEY: { gives: 'key', with: 'SMS_URL', isSecret: true },
    SMS_FROM: { gives: 'from', with: 'SMS_URL', judge: z.string().max(20, 'SMS_FROM may be 20 characters long at most') },
  },
  use: useSms,
  async test(values, { to, locale, isTyped }) {
    const gateway = smsGateway(values, { isTyped })
    try {
      await gateway.send(to, wordsFor(locale)('adapter.sms.letter.text'))
      return { to }
    } catch (error) {
      if (!(error instanceof SmsRefused)) throw troubleWith(gateway.host, error)
      if (error.status === 401 || error.status === 403) throw SmsProblem.signIn()
      throw SmsProblem.refused({ said: error.message })
    }
  },
  simulator: () => import('./sms.simulator.ts'),
})
