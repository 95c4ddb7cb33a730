import type { AdapterValues, Reaching } from '#kit/server/outside/adapter.ts'
import { askService } from '#kit/server/outside/reach.ts'
import { SMS_SERVICES } from './sms.ts'

/** A gateway that speaks Africa's Talking's protocol, as it is spoken to. */
export interface SmsGateway {
  readonly host: string
  send(to: string, text: string): Promise<void>
}

let current: SmsGateway | undefined

/** The SMS gateway of this process; without one, messages are kept in the outbox. */
export function useSms(values: AdapterValues | undefined, how: Reaching): void {
  current = values && smsGateway(values, how)
}

export const hasSms = (): boolean => current !== undefined

/** The gateway refused for good; trying again would change nothing. */
export class SmsRefused extends Error {
  /** The HTTP status, where the whole request was refused. */
  readonly status: number | undefined
  constructor(message: string, status?: number) {
    super(message)
    this.status = status
  }
}

// 100 processed, 101 sent, 102 queued; only 500 and 501 are worth another try.
const TAKEN = new Set([100, 101, 102])
const PASSING = new Set([500, 501])

/** Hands one SMS to the gateway of this process. */
export async function sendSms(to: string, text: string): Promise<void> {
  if (!current) throw new Error('no SMS gateway has been given')
  await current.send(to, text)
}

/** A gateway by what was filled in about it. */
export function smsGateway(values: AdapterValues, how: Reaching): SmsGateway {
  const base = SMS_SERVICES[values['service'] as keyof typeof SMS_SERVICES] ?? String(values['url'])
  const url = `${base.replace(/(?<!\/)\/+$/, '')}/version1/messaging`
  const [user, from] = [String(values['user']), values['from']]
  return {
    host: new URL(url).hostname,
    async send(to, message) {
      const body = new URLSearchParams({ username: user, to, message, ...(from && { from: String(from) }), bulkSMSMode: '1' })
      const headers = {
        apiKey: String(values['key'] ?? ''),
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      }
      judge(await askService(url, { method: 'POST', headers, body }, how).then(readAnswer))
    },
  }
}

interface Recipient {
  readonly statusCode: number
  readonly status: string
}

async function readAnswer(response: Response): Promise<Recipient | undefined> {
  const sentence = `the SMS gateway answered ${response.status}`
  if (response.status >= 500 || response.status === 429) throw new Error(sentence)
  if (!response.ok) throw new SmsRefused(sentence, response.status)
  const answer = (await response.json()) as { SMSMessageData?: { Recipients?: Recipient[] } }
  return answer.SMSMessageData?.Recipients?.[0]
}

/** The answer is 201 even for a refused recipient, so the recipient's own code is judged. */
function judge(one: Recipient | undefined): void {
  if (!one) throw new SmsRefused('the SMS gateway named no recipient')
  if (TAKEN.has(one.statusCode)) return
  const sentence = `the SMS gateway said ${one.statusCode} ${one.status}`
  throw PASSING.has(one.statusCode) ? new Error(sentence) : new SmsRefused(sentence)
}
