import { call } from './api.ts'

/** A key of this browser that no script can read, only use. */
interface Kept {
  readonly id: 'key'
  readonly pair: CryptoKeyPair
}
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const

async function pairOf(): Promise<CryptoKeyPair> {
  // Fetched when somebody's session is bound to the device.
  const { Dexie } = await import('dexie')
  const store = new Dexie('duka.device')
  store.version(1).stores({ keys: 'id' })
  const keys = store.table<Kept, string>('keys')
  try {
    const known = await keys.get('key')
    if (known) return known.pair
    const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
    // Two tabs at once agree on the one that was there first.
    await keys.add({ id: 'key', pair }).catch(() => undefined)
    return (await keys.get('key'))?.pair ?? pair
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
