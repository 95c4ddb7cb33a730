import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import type { Simulator, SimulatorOptions } from '#kit/server/outside/adapter.ts'

export interface ProviderSimulator extends Simulator {
  readonly issuer: string
}
export interface ProviderSimulatorOptions extends SimulatorOptions {
  /** Where Duka is; asked when the first request comes. */
  readonly duka?: () => string
  /** Who somebody is by what they sign in with there; everybody by default, with that name before an address. */
  readonly claimsOf?: (login: string) => object
}

const SECRET = 'simulated client secret'
const anybody = (login: string) => ({ email: `${login}@example.com`, email_verified: true, name: login, groups: [] })

/** A provider of identities on this machine, with pages of its own: whoever comes signs in by any name and any password. */
export async function simulate({
  port = 0,
  heard,
  duka = () => 'http://localhost:4000',
  claimsOf = anybody,
}: ProviderSimulatorOptions = {}): Promise<ProviderSimulator> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  let made: RequestListener | undefined
  const make = (): RequestListener => {
    const redirect = `${duka()}/sign-in/return`
    return new Provider(issuer, {
      clients: [{ client_id: 'duka', client_secret: SECRET, redirect_uris: [redirect] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      cookies: { keys: ['simulator'] },
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, ...claimsOf(id) }) as never,
      }),
    }).callback()
  }
  server.on('request', (request, response) => {
    heard?.(`${request.method} ${request.url?.split('?')[0]}`)
    made ??= make()
    made(request, response)
  })
  const typed = { issuer, clientId: 'duka', clientSecret: SECRET, name: 'Simulated ID', scope: 'openid email profile groups' }
  return {
    issuer,
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: typed.clientId,
      OIDC_CLIENT_SECRET: SECRET,
      OIDC_NAME: typed.name,
      OIDC_SCOPE: typed.scope,
    },
    typed,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
