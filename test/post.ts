import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onEnd } from './end.ts'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Letter {
  readonly to: string[]
  readonly raw: string
  /** Decoded: what the person reads. */
  readonly text: string
}

/** A real mail server on a real socket; keeps what arrives. `answer` may refuse a recipient with an SMTP code. */
export async function aMailServer(options: SMTPServerOptions & { answer?: (to: string) => number | undefined } = {}) {
  const { answer, ...more } = options
  const letters: Letter[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _, done) {
      const code = answer?.(address)
      done(code ? Object.assign(new Error('not now'), { responseCode: code }) : null)
    },
    onData(stream, session, done) {
      let raw = ''
      stream.setEncoding('utf8').on('data', (part: string) => (raw += part))
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map((one) => one.address), raw, text: decoded(raw) })
        done()
      })
    },
    ...more,
  })
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  onEnd(() => new Promise<void>((resolve) => smtp.close(resolve)))
  return { letters, port: (smtp.server.address() as AddressInfo).port }
}

/** Quoted-printable or base64 of the first text part, undone. */
function decoded(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, /[\u0080-\u00ff]/.test(bytes) ? 'latin1' : 'utf8').toString()
}

interface Answered {
  readonly status: number
  readonly body: unknown
}

/** A server of one answer for each request, for protocols over HTTP that are somebody else's. */
export async function anHttpServer(
  answer: (request: { path: string; headers: Record<string, unknown>; body: string }) => Answered | Promise<Answered>,
) {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', async () => {
      const out = await answer({ path: request.url ?? '', headers: request.headers, body })
      response.writeHead(out.status, { 'content-type': 'application/json' }).end(JSON.stringify(out.body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onEnd(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
