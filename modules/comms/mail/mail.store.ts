import { isIPv4 } from 'node:net'
import nodemailer, { type Transporter } from 'nodemailer'
import type { Attachment } from '#kit/server/message.ts'

export interface MailOptions {
  readonly smtpUrl?: string | undefined
  readonly mailFrom?: string | undefined
  /** Instead of a password (XOAUTH2): the client, and a refresh token for the mailbox in SMTP_URL. */
  readonly smtpOauth?:
    | { readonly tokenUrl: string; readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string }
    | undefined
}

export interface Mail {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachments: readonly Attachment[]
}

let transport: Transporter | undefined
let sender = ''
let host = 'localhost'

/** The mail server of this process; without one, messages are kept in the outbox. */
export function useMail({ smtpUrl, mailFrom, smtpOauth }: MailOptions): void {
  transport?.close()
  transport = smtpUrl ? nodemailer.createTransport(optionsOf(smtpUrl, smtpOauth) as object) : undefined
  sender = mailFrom ?? 'duka@localhost'
  host =
    sender
      .split('@')
      .at(-1)
      ?.replace(/[^\w.-]/g, '') || 'localhost'
}

function optionsOf(smtpUrl: string, oauth: MailOptions['smtpOauth']): object {
  const { hostname } = new URL(smtpUrl)
  // A server elsewhere is spoken to in the clear only until it has agreed to TLS.
  const isHere = hostname === 'localhost' || (isIPv4(hostname) && hostname.startsWith('127.'))
  const limits = { requireTLS: !isHere, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
  if (!oauth) return { url: smtpUrl, ...limits }
  const url = new URL(smtpUrl)
  const isTls = url.protocol === 'smtps:'
  return {
    host: url.hostname,
    port: Number(url.port) || (isTls ? 465 : 587),
    secure: isTls,
    // Google's and Microsoft's form; the library fetches and renews the access token.
    auth: {
      type: 'OAuth2',
      user: decodeURIComponent(url.username),
      clientId: oauth.clientId,
      clientSecret: oauth.clientSecret,
      refreshToken: oauth.refreshToken,
      accessUrl: oauth.tokenUrl,
    },
    ...limits,
  }
}

export const hasMail = (): boolean => transport !== undefined

/** Hands one mail to the mail server. The same id gives the same Message-ID, so that a repetition can be told. */
export async function sendMail({ id, attachments, ...mail }: Mail): Promise<void> {
  if (!transport) throw new Error('no mail server has been given')
  await transport.sendMail({ ...mail, from: sender, messageId: `<${id}@${host}>`, attachments: [...attachments] })
}
