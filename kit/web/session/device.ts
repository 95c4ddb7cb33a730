import { call } from '../base/api.ts'
import { onProveDevice } from '../base/request.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const

const done = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(asked.error ?? new Error('the browser kept nothing')))
  })

/**
 * The key of this browser: no script can read it, only use it. Kept by the browser's own store without a library, because it is
 * asked for before anything else has been loaded.
 */
async function pairOf(): Promise<CryptoKeyPair> {
  const opening = indexedDB.open('duka.device', 1)
  opening.addEventListener('upgradeneeded', () => void opening.result.createObjectStore('keys'))
  const store = await done(opening)
  const keys = (mode: IDBTransactionMode) => store.transaction('keys', mode).objectStore('keys')
  const known = () => done(keys('readonly').get('key') as IDBRequest<CryptoKeyPair | undefined>)
  try {
    const there = await known()
    if (there) return there
    const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
    // Two tabs at once agree on the one that was there first.
    await done(keys('readwrite').add(pair, 'key')).catch(() => undefined)
    return (await known()) ?? pair
  } finally {
    store.close()
  }
}

let proving: Promise<boolean> | undefined
/** Shows the server that this is the device that signed in. @returns whether it was believed */
export const proveDevice = (): Promise<boolean> => (proving ??= prove().finally(() => (proving = undefined)))

async function prove(): Promise<boolean> {
  try {
    const { challenge } = await call<{ challenge: string }>('GET /session/device', {})
    const { privateKey, publicKey } = await pairOf()
    const text = new TextEncoder().encode(`duka device ${challenge}`)
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, text)
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
    await call('POST /session/device', {
      challenge,
      key: { kty, crv, x, y },
      signature: btoa(String.fromCharCode(...new Uint8Array(signature))),
    })
    return true
  } catch {
    return false
  }
}

onProveDevice(proveDevice)
