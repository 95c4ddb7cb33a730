/**
 * A new UUIDv7 (RFC 9562): sortable by time, made by whoever creates the thing, because a till may be offline.
 * Within a process ids never go backwards, so rows written together keep their order.
 */
export function newId(): string {
  if (used + 10 > pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const at = used
  used += 10
  const now = Date.now()
  if (now > lastTime) {
    lastTime = now
    counter = ((pool[at + 8]! << 8) | pool[at + 9]!) & 0x7ff
  } else if (++counter > 0xfff) {
    lastTime += 1
    counter = 0
  }
  const time = lastTime.toString(16).padStart(12, '0')
  const hex = (index: number) => HEX[pool[at + index]!]!
  return `${time.slice(0, 8)}-${time.slice(8)}-${HEX[0x70 | (counter >> 8)]}${HEX[counter & 0xff]}-${HEX[(pool[at]! & 0x3f) | 0x80]}${hex(1)}-${hex(2)}${hex(3)}${hex(4)}${hex(5)}${hex(6)}${hex(7)}`
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
// Randomness is fetched for four hundred ids at once: asking the system costs more than everything else here.
const pool = new Uint8Array(4096)
let used = pool.length

let lastTime = 0
let counter = 0
