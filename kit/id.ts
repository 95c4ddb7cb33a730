/**
 * A new UUIDv7 (RFC 9562): sortable by time, made by whoever creates the thing, because a till may be offline.
 * Within a process ids never go backwards, so rows written together keep their order.
 */
export function newId(): string {
  const now = Date.now()
  if (now > lastTime) {
    lastTime = now
    counter = crypto.getRandomValues(new Uint16Array(1))[0]! & 0x7ff
  } else if (++counter > 0xfff) {
    lastTime += 1
    counter = 0
  }
  const random = eightRandomBytes()
  random[0] = (random[0]! & 0x3f) | 0x80
  const time = lastTime.toString(16).padStart(12, '0')
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

// Randomness is fetched for five hundred ids at once: asking the system costs more than everything else here.
const pool = new Uint8Array(4096)
let used = pool.length
function eightRandomBytes(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  return pool.slice(used, (used += 8))
}

let lastTime = 0
let counter = 0
