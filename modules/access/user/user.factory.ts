import { newToken } from '../session/session.store.ts'
import type { Client } from '#test/server.ts'
import type { Membership } from '../role/role.ts'

export const PASSWORD = 'a long enough secret'

/** The token of a fresh invitation; its link would end with it. */
export async function anInvitation(by: Client, email: string, roles: readonly Partial<Membership>[]): Promise<string> {
  const token = newToken()
  const answer = await by.call('POST /invitations', { token, email, name: email.split('@')[0], roles })
  if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return token
}

/** Opens the link of an invitation and signs up; the browser is signed in afterwards. */
export const accept = (client: Client, token: string) =>
  client.call('POST /invitations/acceptance', { token, name: 'Somebody New', password: PASSWORD })
