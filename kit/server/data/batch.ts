import type { Writable } from 'node:stream'
import pg from 'pg'

/** What the driver's client, its connection and its queries are to each other; its types leave them out. */
interface Connection {
  readonly stream: Writable
  readonly parsedStatements: Record<string, string>
  readonly submittedNamedStatements: Record<string, string>
  describe(message: unknown): void
  sync(): void
}
interface Statement {
  name: string | undefined
  text: string | undefined
  queryMode: 'extended' | undefined
  readonly _result: { _types: pg.CustomTypesConfig | undefined }
  submit(connection: Connection): Error | null
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Connection): void
  handleEmptyQuery(connection: Connection): void
  handleError(error: Error, connection: Connection): void
  handleReadyForQuery(connection: Connection): void
}
type Callback = (error: Error | null, result: unknown) => void
const Statement = pg.Query as unknown as new (text: string, values?: unknown[], callback?: Callback) => Statement

interface Faces {
  /** What a batch has written so far. */
  readonly written: Buffer[]
  /** The connection for statements of a batch, which has one Sync. */
  readonly asking: Connection
  /** The same for those whose answer is known to look so. */
  readonly knowing: Connection
  /** What the rows of prepared statements look like, by name: told once for each connection, not with every answer. */
  readonly shapes: Map<string, unknown>
}
const faces = new WeakMap<Connection, Faces>()

function facesOf(connection: Connection): Faces {
  const known = faces.get(connection)
  if (known) return known
  const written: Buffer[] = []
  const stream = { writable: true, write: (bytes: Buffer) => written.push(bytes) > 0 }
  const asking = Object.create(connection, { stream: { value: stream }, sync: { value: () => undefined } }) as Connection
  const knowing = Object.create(asking, { describe: { value: () => undefined } }) as Connection
  const made = { written, asking, knowing, shapes: new Map<string, unknown>() }
  faces.set(connection, made)
  return made
}

/** Statements that have been answered, with rows or with an error. */
const answered = new WeakSet<Statement>()
/** Statements outside of a transaction that was begun: a batch of theirs is one by itself, and stands or falls together. */
const alone = new WeakSet<Statement>()

/**
 * Statements that are asked in one go, sent under one Sync: the database answers all of them at once, and neither side is
 * woken for each. After the first that fails it passes over the others, so each of those hears of that failure and no other.
 * (PostgreSQL: https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-PIPELINING)
 */
class Batch extends Statement {
  readonly #all: readonly Statement[]
  #at = 0
  #shape: unknown = null

  constructor(all: readonly Statement[]) {
    super('')
    this.#all = all
    // The client notes, under the name of the query that it is at, which statements are prepared.
    const current = (key: 'name' | 'text') => ({ get: () => all[this.#at]?.[key], set: () => undefined })
    Object.defineProperties(this, { name: current('name'), text: current('text') })
  }

  override submit(connection: Connection): null {
    const { written, asking, knowing, shapes } = facesOf(connection)
    written.length = 0
    for (const one of this.#all) {
      const shape = one.name ? shapes.get(one.name) : undefined
      const wrong = one.submit(shape === undefined ? asking : knowing)
      if (wrong) one.handleError(wrong, connection)
      if (answered.has(one)) {
        // It can't be written, so what follows can't be told from it any more; nothing of the transaction stands.
        connection.stream.destroy()
        return null
      }
      if (shape) one.handleRowDescription(shape)
    }
    // One system call for all of it; the Sync is written behind it in the same turn.
    connection.stream.cork()
    connection.stream.write(Buffer.concat(written))
    connection.sync()
    connection.stream.uncork()
    return null
  }

  override handleRowDescription(message: unknown): void {
    this.#shape = message
    this.#all[this.#at]!.handleRowDescription(message)
  }
  override handleDataRow(message: unknown): void {
    this.#all[this.#at]!.handleDataRow(message)
  }
  override handleCommandComplete(message: unknown, connection: Connection): void {
    const one = this.#all[this.#at]!
    const { shapes } = facesOf(connection)
    if (one.name && !shapes.has(one.name)) shapes.set(one.name, this.#shape)
    this.#shape = null
    this.#at += 1
    one.handleCommandComplete(message, connection)
  }
  override handleEmptyQuery(connection: Connection): void {
    this.#all[this.#at++]!.handleEmptyQuery(connection)
  }
  override handleReadyForQuery(connection: Connection): void {
    for (const one of this.#all) one.handleReadyForQuery(connection)
  }
  override handleError(error: Error, connection: Connection): void {
    for (const [index, one] of this.#all.entries()) {
      if (index < this.#at && !alone.has(one)) one.handleReadyForQuery(connection)
      else if (!answered.has(one)) {
        // What was passed over was not prepared either.
        if (one.name && !connection.parsedStatements[one.name]) delete connection.submittedNamedStatements[one.name]
        one.handleError(error, connection)
      }
    }
  }
}

/** Makes a connection send what is asked of it in one turn as one batch. Inside a transaction that is all that changes. */
export function sendTogether(client: pg.PoolClient, types: pg.CustomTypesConfig): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  let waiting: Statement[] = []
  let hasBegun = false
  const send = () => {
    const all = waiting
    waiting = []
    if (all.length > 0) query(new Batch(all))
  }
  const together = (...args: unknown[]) => {
    const asked = askedFor(args)
    if (!asked) {
      if (/^begin\b/i.test(textOf(args))) hasBegun = true
      send()
      return query(...args)
    }
    if (waiting.length === 0) process.nextTick(send)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const one = new Statement(asked.text, asked.values, (error, result) => {
      answered.add(one)
      if (error) reject(error)
      else resolve(result)
    })
    one.name = asked.name
    // The simple protocol syncs by itself.
    one.queryMode = 'extended'
    one._result._types = types
    if (/^begin\b/i.test(asked.text)) hasBegun = true
    if (!hasBegun) alone.add(one)
    if (/^(?:commit|rollback)$/i.test(asked.text)) hasBegun = false
    waiting.push(one)
    return promise
  }
  Object.assign(client, { query: together })
}

const textOf = ([first]: readonly unknown[]): string =>
  typeof first === 'string' ? first : String((first as { text?: unknown } | undefined)?.text ?? '')

interface Asked {
  readonly text: string
  readonly name?: string
  readonly values?: unknown[]
}

/** A statement for a batch; nothing for what goes alone: several in one text, a stream, whoever hands in a callback. */
function askedFor([first, values, callback]: readonly unknown[]): Asked | undefined {
  if (typeof values === 'function' || callback !== undefined) return undefined
  const config = (typeof first === 'string' ? { text: first } : first) as Asked & { submit?: unknown; rowMode?: unknown }
  if (config.submit !== undefined || config.rowMode !== undefined || typeof config.text !== 'string') return undefined
  const given = (values as unknown[] | undefined) ?? config.values
  if (!given && config.text.includes(';')) return undefined
  return { text: config.text, ...(config.name !== undefined && { name: config.name }), ...(given && { values: given }) }
}
