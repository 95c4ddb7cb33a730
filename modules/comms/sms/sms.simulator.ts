import type { Simulator, SimulatorOptions } from '#kit/server/outside/adapter.ts'
import { answering } from '#kit/server/outside/simulate.ts'

/** What the gateway was asked, as its form has it. */
export interface SmsText {
  readonly username: string
  readonly to: string
  readonly message: string
}
export interface SmsSimulator extends Simulator {
  readonly texts: SmsText[]
  readonly url: string
}

const KEY = 'simulated key'
// A number that no network knows.
const UNKNOWN = /0000009$/

/** Africa's Talking on this machine, which sends nothing on: one key opens it, and a number that ends in 0000009 is unknown to it. */
export async function simulate({ port, heard }: SimulatorOptions = {}): Promise<SmsSimulator> {
  const texts: SmsText[] = []
  const { url, stop } = await answering(port, ({ path, headers, body }) => {
    if (path !== '/version1/messaging') return { status: 404, body: {} }
    if (headers['apikey'] !== KEY) return { status: 401, body: 'The supplied authentication is invalid' }
    const form = Object.fromEntries(new URLSearchParams(body)) as unknown as SmsText
    texts.push(form)
    const isUnknown = UNKNOWN.test(form.to)
    heard?.(`To ${form.to}: ${form.message}${isUnknown ? ' (unknown number)' : ''}`)
    const recipient = {
      number: form.to,
      ...(isUnknown ? { statusCode: 403, status: 'InvalidPhoneNumber' } : { statusCode: 101, status: 'Success' }),
    }
    return { status: 201, body: { SMSMessageData: { Message: 'Sent', Recipients: [recipient] } } }
  })
  return {
    texts,
    url,
    environment: { SMS_URL: url, SMS_USERNAME: 'shop', SMS_API_KEY: KEY },
    typed: { service: 'other', url, user: 'shop', key: KEY },
    stop,
  }
}
