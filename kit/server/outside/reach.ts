import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isProblem } from '../door/command.ts'
import { isHere } from '../host/config.ts'
import { AdapterProblem, type Reaching } from './adapter.ts'
import { isOutside } from './fetch.ts'

let mayThisMachine = false
/** Outside of production, a page may name a service on this very machine: a simulator. */
export const allowThisMachine = (is: boolean): void => void (mayThisMachine = is)

const isLoopback = (address: string) => address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
const bare = (host: string) => host.replace(/^\[|\]$/g, '')

/** May a page name this host, as far as its spelling tells? */
export function refuseTyped(host: string): void {
  const name = bare(host)
  const isForbidden = isIP(name) !== 0 ? !isOutside(name) : name === 'localhost' || !name.includes('.')
  if (isForbidden && !(mayThisMachine && isHere(name))) throw AdapterProblem.inside({ host: name })
}

/**
 * What somebody typed on a page is a machine of the public internet: its name is resolved, and every address of it judged. Whoever
 * runs this machine may name any. @throws `kit.adapter.inside`, `kit.adapter.noServer`
 */
export async function reachable(host: string, { isTyped }: Reaching): Promise<void> {
  if (!isTyped) return
  refuseTyped(host)
  const found = await lookup(bare(host), { all: true }).catch(() => {
    throw AdapterProblem.noServer({ host })
  })
  const isFine = ({ address }: { address: string }) => isOutside(address) || (mayThisMachine && isLoopback(address))
  if (!found.every(isFine)) throw AdapterProblem.inside({ host })
}

/** Asks a service over HTTP, which sends us on to no other one. @throws Problem `kit.adapter.*` where it may not be asked */
export async function askService(address: string, init: RequestInit, reaching: Reaching): Promise<Response> {
  await reachable(new URL(address).hostname, reaching)
  return fetch(address, { signal: AbortSignal.timeout(30_000), ...init, redirect: 'error' })
}

const NO_SERVER = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENODATA', 'EDNS'])
const NO_ANSWER = new Set(['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNECTION', 'ESOCKET'])

/** What a failed connection means to whoever set it up. */
export function troubleWith(host: string, error: unknown): Error {
  if (isProblem(error)) return error
  const { cause, code: own, message } = error as Error & { code?: string; cause?: { code?: string } }
  const code = cause?.code ?? own ?? ''
  if (NO_SERVER.has(code)) return AdapterProblem.noServer({ host })
  const isLate = ['TimeoutError', 'AbortError'].includes((error as Error).name)
  if (NO_ANSWER.has(code) || isLate) return AdapterProblem.noAnswer({ host })
  return AdapterProblem.failed({ said: String(message).replace(/\s+/g, ' ').slice(0, 300) })
}
