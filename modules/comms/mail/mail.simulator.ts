import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Simulator, SimulatorOptions } from '#kit/server/outside/adapter.ts'

export interface Letter {
  readonly to: string[]
  readonly raw: string
  /** Decoded: what the person reads. */
  readonly text: string
}
export interface MailSimulator extends Simulator {
  readonly letters: Letter[]
  readonly port: number
}
export interface MailSimulatorOptions extends SimulatorOptions {
  /** Refuses a recipient with an SMTP code. */
  readonly answer?: (to: string) => number | undefined
  readonly smtp?: SMTPServerOptions
}

const PASSWORD = 'simulated password'

/** A mail server on this machine that sends nothing on: it keeps what comes. Its mailboxes have one password. */
export async function simulate({ port = 0, heard, answer, smtp = {} }: MailSimulatorOptions = {}): Promise<MailSimulator> {
  const letters: Letter[] = []
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    disabledCommands: ['STARTTLS'],
    onAuth({ method, password }, _, done) {
      if (method === 'XOAUTH2' || password === PASSWORD) done(null, { user: 'mailbox' })
      else done(Object.assign(new Error('Username and Password not accepted'), { responseCode: 535 }))
    },
    onRcptTo({ address }, _, done) {
      const code = answer?.(address)
      done(code ? Object.assign(new Error('not now'), { responseCode: code }) : null)
    },
    onData(stream, session, done) {
      let raw = ''
      stream.setEncoding('utf8').on('data', (part: string) => (raw += part))
      stream.on('end', () => {
        const letter = { to: session.envelope.rcptTo.map((one) => one.address), raw, text: decoded(raw) }
        letters.push(letter)
        heard?.(`To ${letter.to.join(', ')}\n\n${letter.text.trim()}\n`)
        done()
      })
    },
    ...smtp,
  })
  // Whoever breaks off is nobody's failure here.
  server.on('error', () => undefined)
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const bound = (server.server.address() as AddressInfo).port
  return {
    letters,
    port: bound,
    environment: { SMTP_URL: `smtp://127.0.0.1:${bound}`, MAIL_FROM: 'duka@example.com' },
    typed: {
      service: 'own',
      host: '127.0.0.1',
      security: 'starttls',
      port: bound,
      user: 'shop@example.com',
      password: PASSWORD,
      from: 'shop@example.com',
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Quoted-printable or base64 of the first text part, undone. */
function decoded(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, /[\u0080-\u00ff]/.test(bytes) ? 'latin1' : 'utf8').toString()
}
