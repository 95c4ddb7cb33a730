import { z } from 'zod'
import { adapter } from '#kit/server/outside/adapter.ts'
import { troubleWith } from '#kit/server/outside/reach.ts'
import { ProviderProblem } from './provider.ts'
import { optionsOf, tryProvider, useProvider } from './provider.store.ts'

/** Signing in with an account that people have elsewhere: any provider of OpenID Connect. */
export const providerAdapter = adapter('provider', {
  group: 'advanced',
  carriesKeys: true,
  fields: {
    issuer: { kind: 'address', isNeeded: true, isTarget: true },
    clientId: { kind: 'text', isNeeded: true },
    clientSecret: { kind: 'secret', isNeeded: true },
    name: { kind: 'text', given: 'SSO', most: 60 },
    scope: { kind: 'text', given: 'openid email profile' },
    groupsClaim: { kind: 'text', given: 'groups' },
    acr: { kind: 'text' },
    maxAgeSeconds: { kind: 'number', least: 0, most: 31_536_000 },
  },
  environment: {
    OIDC_ISSUER: { gives: 'issuer', judge: z.url('OIDC_ISSUER must be an address') },
    OIDC_CLIENT_ID: { gives: 'clientId', with: 'OIDC_ISSUER', isNeeded: true },
    OIDC_CLIENT_SECRET: { gives: 'clientSecret', with: 'OIDC_ISSUER', isNeeded: true, isSecret: true },
    OIDC_NAME: { gives: 'name', with: 'OIDC_ISSUER', judge: z.string().max(60, 'OIDC_NAME may be 60 characters long at most') },
    OIDC_SCOPE: { gives: 'scope', with: 'OIDC_ISSUER' },
    OIDC_GROUPS_CLAIM: { gives: 'groupsClaim', with: 'OIDC_ISSUER' },
    OIDC_ACR: { gives: 'acr', with: 'OIDC_ISSUER' },
    OIDC_MAX_AGE: {
      gives: 'maxAgeSeconds',
      with: 'OIDC_ISSUER',
      judge: z.coerce.number('OIDC_MAX_AGE must be a number of seconds').int('OIDC_MAX_AGE must be a number of seconds').min(0),
    },
  },
  use: useProvider,
  async test(values, { isTyped }) {
    const options = optionsOf(values, { isTyped })
    const { hostname } = new URL(options.issuer)
    const isKnown = await tryProvider(options).catch((error: unknown) => {
      throw troubleWith(hostname, innermost(error))
    })
    if (!isKnown) throw ProviderProblem.client()
    return { host: hostname }
  },
  simulator: () => import('./provider.simulator.ts'),
})

/** The library wraps what happened on the way. */
const innermost = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error && !('code' in error.cause) ? innermost(error.cause) : error
