import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly content: AsyncIterable<string> | Iterable<string>
}

// Sizes come after each content, names are UTF-8, deflated.
const FLAGS = 0x0808
const DEFLATED = 8
// 1 January 1980: what is made now says nothing about when.
const DAY = 0x0021

/**
 * A ZIP archive as a stream: every entry is packed while it is made, by the threads of zlib, so neither memory nor the loop is
 * held however long it is. Up to 4 GB in all; a workbook has fewer rows than that.
 */
export async function* zipped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let at = 0
  for await (const { name, content } of entries) {
    const head = headOf(name)
    yield head
    let [sum, size, packed] = [0, 0, 0]
    async function* measured() {
      for await (const text of content) {
        const bytes = Buffer.from(text)
        sum = crc32(bytes, sum)
        size += bytes.length
        yield bytes
      }
    }
    // An error of the content destroys the stream that is read here, and is thrown by it.
    const stream = pipeline(Readable.from(measured()), createDeflateRaw({ level: 5 }), () => undefined)
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      packed += bytes.length
      yield bytes
    }
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(sum >>> 0, 0)
    sizes.writeUInt32LE(packed, 4)
    sizes.writeUInt32LE(size, 8)
    yield Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), sizes])
    directory.push(entryOf(name, sizes, at))
    at += head.length + packed + 16
  }
  const all = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(all.length, 12)
  end.writeUInt32LE(at, 16)
  yield Buffer.concat([all, end])
}

function headOf(name: string): Buffer {
  const head = Buffer.alloc(30)
  head.write('PK\x03\x04', 'latin1')
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(FLAGS, 6)
  head.writeUInt16LE(DEFLATED, 8)
  head.writeUInt16LE(DAY, 12)
  head.writeUInt16LE(Buffer.byteLength(name), 26)
  return Buffer.concat([head, Buffer.from(name)])
}

function entryOf(name: string, sizes: Buffer, at: number): Buffer {
  const entry = Buffer.alloc(46)
  entry.write('PK\x01\x02', 'latin1')
  entry.writeUInt16LE(20, 4)
  entry.writeUInt16LE(20, 6)
  entry.writeUInt16LE(FLAGS, 8)
  entry.writeUInt16LE(DEFLATED, 10)
  entry.writeUInt16LE(DAY, 14)
  sizes.copy(entry, 16)
  entry.writeUInt16LE(Buffer.byteLength(name), 28)
  entry.writeUInt32LE(at, 42)
  return Buffer.concat([entry, Buffer.from(name)])
}

export interface PackedPart {
  readonly name: string
  readonly packed: Buffer
  readonly isPacked: boolean
}

/** The parts of an archive by its directory, as they lie there; nothing where the bytes are none. */
export function packedParts(bytes: Buffer): PackedPart[] | undefined {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length) return undefined
  const entries = bytes.readUInt16LE(end + 10)
  const parts: PackedPart[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < entries; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined
    const local = bytes.readUInt32LE(at + 42)
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x04034b50) return undefined
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const named = bytes.readUInt16LE(at + 28)
    parts.push({
      name: bytes.toString('utf8', at + 46, at + 46 + named),
      packed: bytes.subarray(begin, begin + bytes.readUInt32LE(at + 20)),
      isPacked: bytes.readUInt16LE(at + 10) !== 0,
    })
    at += 46 + named + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}
