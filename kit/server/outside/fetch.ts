import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { lookup as resolve, type LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Transform } from 'node:stream'
import { problems } from '../../problem.ts'

export const OutsideProblem = problems('kit.outside', {
  notAnAddress: { status: 422, say: 'This is no address of the kind https://example.com/picture.jpg.' },
  forbidden: {
    status: 422,
    say: 'The address {host} lies inside of a network, or is not for files; nothing is fetched from there.',
  },
  notFound: { status: 422, say: 'There is no server called {host}.' },
  refused: { status: 422, say: '{host} answered {status} in place of the file.' },
  tooFar: { status: 422, say: '{host} sent us on too often.' },
  tooLarge: { status: 422, say: 'The file at {host} is larger than {megabytes} MB.' },
  tooSlow: { status: 422, say: '{host} did not send the file within {seconds} seconds.' },
  broken: { status: 422, say: 'The connection to {host} broke before the file was here.' },
})

// What is no place of the public internet: this machine, networks of an office or a provider, those that clouds tell their
// secrets on (169.254.169.254), groups, examples, and what is kept for later (IANA's special-purpose registries).
const INSIDE_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const
// Of IPv6 only 2000::/3 is public; of that not what carries an IPv4 address inside of it, nor examples.
const INSIDE_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const inside = new BlockList()
for (const [network, prefix] of INSIDE_4) inside.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of INSIDE_6) inside.addSubnet(network, prefix, 'ipv6')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/** Is this the address of a machine on the public internet? */
export const isOutside = (address: string): boolean =>
  isIP(address) === 4 ? !inside.check(address, 'ipv4') : global6.check(address, 'ipv6') && !inside.check(address, 'ipv6')

let mayLoopback = false
/** For tests, which have no other server than this machine: 127.0.0.1 by http, and nothing else that is inside. */
export const allowLoopback = (is: boolean): void => void (mayLoopback = is)
const isTestServer = (url: URL) => mayLoopback && url.protocol === 'http:' && url.hostname === '127.0.0.1'

const MOST_REDIRECTS = 3
const MEGABYTE = 1024 * 1024

export interface FetchLimits {
  readonly megabytes?: number
  readonly seconds?: number
}

/** A file that was fetched, on this machine until `use` is done. */
export interface Fetched {
  readonly path: string
  readonly size: number
  /** Its last part of the address, for people. */
  readonly name: string
}

/**
 * Fetches a file from an address that somebody else has written, by https. Only machines of the public internet are asked: a name
 * is resolved first, all of its addresses judged, and the connection made to one of those; each redirect is judged anew. Nothing
 * of ours is sent along.
 * @throws Problem `kit.outside.*`, with the reason
 */
export async function fetchOutside<T>(
  address: string,
  use: (file: Fetched) => Promise<T>,
  { megabytes = 10, seconds = 20 }: FetchLimits = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'duka-outside-'))
  const signal = AbortSignal.timeout(seconds * 1000)
  let url = urlOf(address)
  try {
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const path = join(folder, 'file')
      const answer = await ask(url, path, { most: megabytes * MEGABYTE, signal })
      if ('size' in answer)
        return await use({ path, size: answer.size, name: (url.pathname.split('/').at(-1) || 'file').slice(-120) })
      url = urlOf(answer.location, url)
    }
    throw OutsideProblem.tooFar({ host: url.hostname })
  } catch (error) {
    if (error instanceof TooLarge) throw OutsideProblem.tooLarge({ host: url.hostname, megabytes })
    if (signal.aborted && !(error instanceof Error && 'status' in error))
      throw OutsideProblem.tooSlow({ host: url.hostname, seconds })
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Whether something can be fetched from an address at all, told without asking anybody. @throws Problem why not */
export function refuseAddress(address: string): void {
  // A space would be taken for a part of it, or for its end.
  if (/\s/.test(address) || address.length > MOST_LETTERS) throw OutsideProblem.notAnAddress()
  urlOf(address)
}
const MOST_LETTERS = 2000

function urlOf(address: string, from?: URL): URL {
  const url = URL.parse(address, from?.href)
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw OutsideProblem.notAnAddress()
  if (isTestServer(url)) return url
  if (url.protocol !== 'https:') throw OutsideProblem.notAnAddress()
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A port of its own is another service; with a password it would be somebody's.
  const isPlain = url.port === '' && url.username === '' && url.password === ''
  // A literal address is not looked up, so it is judged here.
  if (!isPlain || (isIP(host) !== 0 && !isOutside(host))) throw OutsideProblem.forbidden({ host })
  return url
}

class TooLarge extends Error {}

type Answer = { readonly location: string } | { readonly size: number }

function ask(url: URL, path: string, { most, signal }: { most: number; signal: AbortSignal }): Promise<Answer> {
  const { promise, resolve: done, reject } = Promise.withResolvers<Answer>()
  const client = url.protocol === 'https:' ? https : http
  const request = client.request(url, {
    agent: false,
    signal,
    lookup: judged(url.hostname),
    headers: { 'user-agent': 'Duka', accept: 'image/*', 'accept-encoding': 'identity' },
  })
  const broke = (error: unknown) => reject(meaningOf(error, url, signal))
  request.on('error', broke)
  // A socket that becomes something else, or is closed without a word, answers nothing more; the time is over for it as well.
  request.on('upgrade', (response, socket) => {
    socket.destroy()
    reject(OutsideProblem.refused({ host: url.hostname, status: response.statusCode ?? 0 }))
  })
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  request.on('response', (response) => {
    const status = response.statusCode ?? 0
    const { location } = response.headers
    if (status >= 300 && status < 400 && location) {
      response.destroy()
      done({ location })
    } else if (status !== 200) {
      response.destroy()
      reject(OutsideProblem.refused({ host: url.hostname, status }))
    } else if (Number(response.headers['content-length'] ?? 0) > most) {
      response.destroy()
      reject(new TooLarge())
    } else {
      let size = 0
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          size += chunk.length
          next(size > most ? new TooLarge() : null, chunk)
        },
      })
      pipeline(response, counted, createWriteStream(path, { mode: 0o600 }), { signal }).then(() => done({ size }), broke)
    }
  })
  request.end()
  return promise
}

function meaningOf(error: unknown, { hostname: host }: URL, signal: AbortSignal): unknown {
  if (error instanceof TooLarge || signal.aborted || (error instanceof Error && 'status' in error)) return error
  const code = (error as { code?: string }).code ?? ''
  return ['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'].includes(code)
    ? OutsideProblem.notFound({ host })
    : OutsideProblem.broken({ host })
}

/** Resolves a name once; what is connected to is what was judged, so that a name can't mean something else a moment later. */
const judged =
  (host: string): LookupFunction =>
  (name, options, answer) => {
    resolve(name, { ...options, all: true }, (error, found) => {
      const all = found as LookupAddress[]
      if (error) return answer(error, '')
      const isAllowed = all.length > 0 && all.every((one) => isOutside(one.address))
      if (!isAllowed) return answer(OutsideProblem.forbidden({ host }), '')
      return options.all ? answer(null, all) : answer(null, all[0]!.address, all[0]!.family)
    })
  }
