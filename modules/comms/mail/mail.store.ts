import { isIPv4 } from 'node:net'
import nodemailer, { type Transporter } from 'nodemailer'
import type { Attachment } from '#kit/server/door/message.ts'
import type { AdapterValues, Reaching } from '#kit/server/outside/adapter.ts'
import { reachable } from '#kit/server/outside/reach.ts'
import { MAIL_SERVICES } from './mail.ts'

export interface Mail {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachments: readonly Attachment[]
}

/** One mail server, as it is spoken to. */
export interface MailServer {
  readonly host: string
  /** Hands one mail to it. The same id gives the same Message-ID, so that a repetition can be told. */
  send(mail: Mail): Promise<void>
  close(): void
}

let current: MailServer | undefined

/** The mail server of this process; without one, messages are kept in the outbox. */
export function useMail(values: AdapterValues | undefined, how: Reaching): void {
  current?.close()
  current = values && mailServer(values, how)
}

export const hasMail = (): boolean => current !== undefined

/** Hands one mail to the mail server of this process. */
export async function sendMail(mail: Mail): Promise<void> {
  if (!current) throw new Error('no mail server has been given')
  await current.send(mail)
}

/** A mail server by what was filled in about it. */
export function mailServer(values: AdapterValues, how: Reaching): MailServer {
  const preset = MAIL_SERVICES[values['service'] as keyof typeof MAIL_SERVICES]
  const facts: Facts = { ...values, ...preset }
  const host = String(facts['host'])
  const user = String(facts['user'] ?? '')
  const sender = String(facts['from'] || (user.includes('@') ? user : 'duka@localhost'))
  const domain =
    sender
      .split('@')
      .at(-1)
      ?.replace(/[^\w.-]/g, '') || 'localhost'
  const transport = nodemailer.createTransport(optionsOf(facts) as object) as Transporter
  return {
    host,
    async send({ id, attachments, ...mail }) {
      await reachable(host, how)
      await transport.sendMail({ ...mail, from: sender, messageId: `<${id}@${domain}>`, attachments: [...attachments] })
    },
    close: () => transport.close(),
  }
}

type Facts = Readonly<Record<string, string | number>>

function optionsOf(facts: Facts): object {
  const [host, isTls] = [String(facts['host']), facts['security'] === 'tls']
  const [user, password] = [String(facts['user'] ?? ''), String(facts['password'] ?? '')]
  // A server elsewhere is spoken to in the clear only until it has agreed to TLS.
  const isLocal = host === 'localhost' || (isIPv4(host) && host.startsWith('127.'))
  const limits = { requireTLS: !isLocal, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
  const port = Number(facts['port']) || (isTls ? 465 : 587)
  if (facts['way'] !== 'oauth') {
    const holder = user ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : ''
    return { url: `${isTls ? 'smtps' : 'smtp'}://${holder}${host}:${port}/${facts['query'] ?? ''}`, ...limits }
  }
  return {
    host,
    port,
    secure: isTls,
    // Google's and Microsoft's form; the library fetches and renews the access token.
    auth: {
      type: 'OAuth2',
      user,
      clientId: facts['clientId'],
      clientSecret: facts['clientSecret'],
      refreshToken: facts['refreshToken'],
      accessUrl: facts['tokenUrl'],
    },
    ...limits,
  }
}
