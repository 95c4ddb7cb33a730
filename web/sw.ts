interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
/** What of a service worker's world we use; the types of the web worker library and of the DOM exclude each other. */
interface Worker {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', heard: (event: Lasting) => void): void
  addEventListener(type: 'fetch', heard: (event: Fetching) => void): void
}
const worker = self as unknown as Worker
/** Filled in when the program is built: every script and style sheet of it. */
declare const __ASSETS__: readonly string[]

const assets: readonly string[] = __ASSETS__
const SHELL = ['/', '/start.js', '/manifest.webmanifest', '/icon.svg']
// The names of assets carry their hash, so their list names this build.
const CACHE = `duka-${hash(assets.join())}`

function hash(text: string): string {
  let value = 5381
  for (const letter of text) value = ((value * 33) ^ (letter.codePointAt(0) ?? 0)) >>> 0
  return value.toString(36)
}

worker.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE)
      const missing: string[] = []
      for (const path of assets) {
        // What an older build kept under the same name is the same file.
        const old = await caches.match(path)
        if (old) await cache.put(path, old)
        else missing.push(path)
      }
      await cache.addAll([...SHELL, ...missing])
      await worker.skipWaiting()
    })(),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys()
      await Promise.all(names.filter((name) => name !== CACHE && name !== 'duka-fonts').map((name) => caches.delete(name)))
      await worker.clients.claim()
    })(),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  // What the server says is never kept here: a till keeps its own data, and says how old it is.
  if (request.method !== 'GET' || url.origin !== worker.location.origin || url.pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request, url))
  else if (SHELL.includes(url.pathname))
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()))
})

/** The newest page when there is a network, the last one when there is none. All pages are the same file. */
async function page(request: Request): Promise<Response> {
  const kept = () => caches.match('/')
  try {
    const response = await fetch(request)
    if (response.ok && response.headers.get('content-type')?.includes('text/html'))
      await (await caches.open(CACHE)).put('/', response.clone())
    if (response.status < 500) return response
    return (await kept()) ?? response
  } catch {
    return (await kept()) ?? Response.error()
  }
}

/** Assets never change under their name. */
async function asset(request: Request, url: URL): Promise<Response> {
  const kept = await caches.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok && url.pathname.endsWith('.woff2')) await (await caches.open('duka-fonts')).put(request, response.clone())
  return response
}
