import assert from 'node:assert/strict'
import type { Answer, Client } from '#test/server.ts'
import type { LineSetting } from './role.ts'

/** The id of a role, by its key or by what this company calls it. */
export async function roleId(by: Client, key: string): Promise<string> {
  const { rows } = { rows: (await by.call('GET /roles')).body.roles as { id: string; key: string; name: string | null }[] }
  const found = rows.find((one) => one.key === key || one.name === key)
  assert.ok(found, `there is no role ${key}`)
  return found.id
}

/** Changes how the people of a role sign in, or what it is called. */
export async function changeRole(by: Client, key: string, changes: object): Promise<void> {
  const answer = await by.call(`PATCH /roles/${await roleId(by, key)}`, changes)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}

export const setLines = async (by: Client, key: string, lines: Readonly<Record<string, LineSetting | null>>): Promise<Answer> =>
  by.call(`POST /roles/${await roleId(by, key)}/lines`, { lines })

/** A role of the company's own, with these lines and no others. @returns its key */
export async function aRole(by: Client, name: string, lines: Readonly<Record<string, LineSetting>>): Promise<string> {
  const made = await by.call('POST /roles', { name })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const answer = await setLines(by, name, lines)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const { roles } = (await by.call('GET /roles')).body as { roles: { id: string; key: string }[] }
  return roles.find((one) => one.id === made.body.id)!.key
}
