import nodemailer, { type Transporter } from 'nodemailer'
import { problems } from '../problem.ts'

export const MailProblem = problems('kit.mail', {
  notSetUp: {
    status: 409,
    say: 'This Duka can’t send mail yet. Whoever runs it gives the mail server in SMTP_URL and starts it again.',
  },
})

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachments?: readonly { readonly filename: string; readonly content: Buffer; readonly contentType: string }[]
}

let transport: Transporter | undefined
let sender = ''

/** The mail server of this process; without one nothing is sent. */
export function useMail(options: { smtpUrl?: string | undefined; mailFrom?: string | undefined }): void {
  transport?.close()
  transport = options.smtpUrl
    ? nodemailer.createTransport({
        url: options.smtpUrl,
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 30_000,
      } as object)
    : undefined
  sender = options.mailFrom ?? 'duka@localhost'
}

/** @throws Problem `kit.mail.notSetUp`; for commands, before they put a mail into the queue */
export function requireMail(): void {
  if (!transport) throw MailProblem.notSetUp()
}

/** Hands one mail to the mail server. Call it from a job: it takes as long as the server takes, and may have to be tried again. */
export async function sendMail(mail: Mail): Promise<void> {
  requireMail()
  await transport!.sendMail({ ...mail, from: sender, attachments: [...(mail.attachments ?? [])] })
}
