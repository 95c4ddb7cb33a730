import { problems } from '#kit/problem.ts'

export const ProviderProblem = problems('access.provider', {
  none: { status: 404, say: 'No provider has been set up for signing in.' },
  down: { status: 503, say: 'The provider does not answer at the moment. Sign in another way, or try again in a few minutes.' },
  refused: { status: 422, say: 'The provider did not confirm who you are. Try again.' },
  client: {
    status: 422,
    say: 'The provider does not know this client ID with this secret. Copy both from its page once more.',
  },
  unknown: { status: 403, say: 'The provider knows you, and nobody here does yet. Ask for an invitation to {email}.' },
})

/** A claim of groups may be a list or one text; anything else is none. */
export const groupsIn = (claim: unknown): string[] =>
  Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : typeof claim === 'string' ? [claim] : []
