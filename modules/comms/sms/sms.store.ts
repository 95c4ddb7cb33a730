export interface SmsOptions {
  /** Africa's Talking: `https://api.africastalking.com`, or another server that speaks its protocol. */
  readonly smsUrl?: string | undefined
  readonly smsUser?: string | undefined
  readonly smsKey?: string | undefined
  readonly smsFrom?: string | undefined
}

let gateway: { url: string; user: string; key: string; from?: string } | undefined

/** The SMS gateway of this process; without one, messages are kept in the outbox. */
export function useSms({ smsUrl, smsUser, smsKey, smsFrom }: SmsOptions): void {
  gateway = smsUrl
    ? { url: smsUrl.replace(/(?<!\/)\/+$/, ''), user: smsUser ?? 'sandbox', key: smsKey ?? '', ...(smsFrom && { from: smsFrom }) }
    : undefined
}

export const hasSms = (): boolean => gateway !== undefined

/** The gateway refused for good; trying again would change nothing. */
export class SmsRefused extends Error {}

// 100 processed, 101 sent, 102 queued; only 500 and 501 are worth another try.
const TAKEN = new Set([100, 101, 102])
const PASSING = new Set([500, 501])

/** Hands one SMS to the gateway. The answer is 201 even for a refused recipient, so the recipient's own code is judged. */
export async function sendSms(to: string, text: string): Promise<void> {
  if (!gateway) throw new Error('no SMS gateway has been given')
  const { url, user, key, from } = gateway
  const response = await fetch(`${url}/version1/messaging`, {
    method: 'POST',
    headers: { apiKey: key, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username: user, to, message: text, ...(from && { from }), bulkSMSMode: '1' }),
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  })
  if (response.status >= 500 || response.status === 429) throw new Error(`the SMS gateway answered ${response.status}`)
  if (!response.ok) throw new SmsRefused(`the SMS gateway answered ${response.status}`)
  const answer = (await response.json()) as { SMSMessageData?: { Recipients?: { statusCode: number; status: string }[] } }
  const [one] = answer.SMSMessageData?.Recipients ?? []
  if (!one) throw new SmsRefused('the SMS gateway named no recipient')
  if (TAKEN.has(one.statusCode)) return
  const sentence = `the SMS gateway said ${one.statusCode} ${one.status}`
  throw PASSING.has(one.statusCode) ? new Error(sentence) : new SmsRefused(sentence)
}
