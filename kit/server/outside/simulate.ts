import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HttpAsked {
  readonly path: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}
export interface HttpAnswer {
  readonly status: number
  readonly body: unknown
}

/** A server on this machine of one answer for each request: what simulators of protocols over HTTP stand on. */
export async function answering(
  port = 0,
  answer: (asked: HttpAsked) => HttpAnswer | Promise<HttpAnswer>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', async () => {
      const out = await answer({ path: request.url ?? '', headers: request.headers, body })
      response.writeHead(out.status, { 'content-type': 'application/json' }).end(JSON.stringify(out.body))
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
